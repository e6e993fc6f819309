using EtlWarehouse.Parsing.Registers;
using EtlWarehouse.SampleSites.Sites;

namespace EtlWarehouse.SampleSites;

/// <summary>Every file of the sample, by path from the root of the repository.</summary>
public static class SampleFiles
{
    public const string Sites = "samples";
    public const string Truth = "tests/fixtures/samples";

    /// <param name="root">The root of the repository, for the forms.</param>
    public static IReadOnlyDictionary<string, byte[]> Generate(string root)
    {
        var form = ReferenceData.Load(Path.Combine(root, "pipelines")).Forms.Single(candidate => candidate.Code == "2021");
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var site in SampleSite.All(form))
        {
            foreach (var (path, content) in site.Folder.Files)
                files.Add($"{Sites}/{path}", content);
            foreach (var document in site.Documents)
                files.Add($"{Truth}/{TruthFile.Name(document)}", TruthFile.Write(document));
        }

        return files;
    }
}
