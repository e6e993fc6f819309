using EtlWarehouse.GoldSet;
using EtlWarehouse.Parsing.Registers;

// Writes what the documents of tests/fixtures/gold are made from, and their truth. Arguments: the root of the repository,
// a folder for the sources.
if (args.Length != 2)
{
    Console.Error.WriteLine("expected two arguments, the root of the repository and a folder");
    return 2;
}

var root = Path.GetFullPath(args[0]);
MadeFiles.WriteSources(root, args[1], ReferenceData.Load(Path.Combine(root, "pipelines")).Forms);
return 0;
