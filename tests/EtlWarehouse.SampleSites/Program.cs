using EtlWarehouse.SampleSites;

// Writes samples/ and tests/fixtures/samples/ anew. Argument: the root of the repository.
if (args.Length != 1)
{
    Console.Error.WriteLine("expected one argument, the root of the repository");
    return 2;
}

var root = Path.GetFullPath(args[0]);
var files = SampleFiles.Generate(root);
foreach (var folder in new[] { SampleFiles.Sites, SampleFiles.Truth }.Select(folder => Path.Combine(root, folder)).Where(Directory.Exists))
    Directory.Delete(folder, recursive: true);
foreach (var (path, content) in files)
{
    var file = Path.Combine(root, path);
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    File.WriteAllBytes(file, content);
}

Console.WriteLine($"{files.Count} files written");
return 0;
