namespace EtlWarehouse.App.Commands;

/// <summary>Progress of long work: a line that renews itself on a terminal, a line every ten seconds elsewhere.</summary>
internal sealed class ProgressLine : IProgress<(int Done, int All)>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly string label;
    private readonly TimeProvider time = TimeProvider.System;
    private long last;

    private ProgressLine(string label)
    {
        this.label = label;
        last = time.GetTimestamp();
    }

    public static ProgressLine Create(string label) => new(label);

    public void Report((int Done, int All) value)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write($"\r{label} {value.Done}/{value.All}{(value.Done == value.All ? "\n" : "")}");
        }
        else if (time.GetElapsedTime(last) > Pause)
        {
            last = time.GetTimestamp();
            Console.Error.WriteLine($"{label} {value.Done}/{value.All}");
        }
    }
}
