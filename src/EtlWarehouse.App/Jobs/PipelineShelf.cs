using EtlWarehouse.App.Pipelines;
using EtlWarehouse.Crawling.Pipelines;

namespace EtlWarehouse.App.Jobs;

/// <summary>The pipelines that run by night: the named ones, else every file of the folder that has a schedule. Read anew each time, so that an edit needs no restart.</summary>
/// <param name="names">Empty for all.</param>
public sealed class PipelineShelf(string folder, IReadOnlyList<string> names)
{
    /// <summary>Pipelines as their files are now; a file that cannot be read is told and left out.</summary>
    public (IReadOnlyList<CrawlPipeline> Pipelines, IReadOnlyList<string> Faults) Read()
    {
        var pipelines = new List<CrawlPipeline>();
        var faults = new List<string>();
        foreach (var file in Directory.GetFiles(folder, "*.yml").Order(StringComparer.Ordinal))
        {
            if (names.Count > 0 && !names.Contains(Path.GetFileNameWithoutExtension(file)))
                continue;
            try
            {
                var pipeline = PipelineFile.Load(file);
                _ = NightSchedule.Of(pipeline);
                pipelines.Add(pipeline);
            }
            catch (Exception fault) when (fault is FormatException or IOException)
            {
                faults.Add(fault.Message);
            }
        }

        return (pipelines, faults);
    }

    public CrawlPipeline? Find(string name) => Read().Pipelines.FirstOrDefault(pipeline => pipeline.Name == name);
}
