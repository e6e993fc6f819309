Console.WriteLine("no benchmark yet"); return 1;
