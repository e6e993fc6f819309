using EtlWarehouse.Parsing.Registers;

namespace EtlWarehouse.Tests.Parsing.Registers;

public sealed class PlacementFileTests
{
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    private const string Good = $$"""{document: {{Hash}}, agency: "410303/司法局", year: 2023, by: 张三, why: 页脚注明}""";

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void Append_Placement_IsReadAgainAndTheLastOneCounts()
    {
        var file = Write("# kept\nplacements:\n");
        PlacementFile.Append(file, new Placement(Hash, "410303", "司法局", 2022, "张三", "据 \"列表\""));
        PlacementFile.Append(file, new Placement(Hash, "410303", "司法局", 2023, "李四", "据落款\n第二行: 有误"));
        Assert.That(PlacementFile.Load(file), Is.EqualTo(new Dictionary<string, Placement>
        {
            [Hash] = new(Hash, "410303", "司法局", 2023, "李四", "据落款 第二行: 有误"),
        }));
        Assert.That(File.ReadAllText(file), Does.StartWith("# kept\n").And.Contains("据 \\\"列表\\\""));
    }

    [Test]
    public void Load_FileWithoutLines_IsEmpty() => Assert.That(PlacementFile.Load(Write("# none yet\nplacements:\n")), Is.Empty);

    [TestCase("agency: \"410303/司法局\"", "agency: 西工区司法局", "expected agency: a code such as 410303/司法局, found '西工区司法局'")]
    [TestCase("year: 2023", "year: 23", "expected year: a reporting year such as 2024, found '23'")]
    [TestCase(Hash, "9f86", "expected document: the SHA-256 of its bytes, 64 hexadecimal digits, found '9f86'")]
    [TestCase(", why: 页脚注明", "", "expected by: and why: in words, found '张三' and ''")]
    public void Load_FaultyLine_SaysWhatIsExpected(string right, string wrong, string message) => Assert.That(
        () => PlacementFile.Load(Write($"placements:\n  - {Good.Replace(right, wrong, StringComparison.Ordinal)}\n")),
        Throws.TypeOf<FormatException>().With.Message.Contains(message));

    [Test]
    public void Append_FaultyPlacement_WritesNothing()
    {
        var file = Write("placements:\n");
        Assert.That(() => PlacementFile.Append(file, new Placement(Hash, "410303", "司法局", 2023, "张三", " ")), Throws.TypeOf<FormatException>());
        Assert.That(File.ReadAllText(file), Is.EqualTo("placements:\n"));
    }

    private string Write(string text)
    {
        var file = Path.Combine(folder.Path, "placements.yml");
        File.WriteAllText(file, text);
        return file;
    }
}
