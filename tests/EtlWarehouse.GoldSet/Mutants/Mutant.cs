using System.Globalization;
using EtlWarehouse.GoldSet.Composition;
using EtlWarehouse.GoldSet.Rendering;
using EtlWarehouse.Parsing.Forms;

namespace EtlWarehouse.GoldSet.Mutants;

/// <summary>A damaged file. Its truth says what is still printed where.</summary>
/// <param name="Seed">Gives the same mutant again.</param>
/// <param name="IsDecidable">Exactly one reading satisfies form and equations; what else is read must still not be wrong.</param>
public sealed record Mutant(int Seed, string Kind, bool IsDecidable, GoldFile File)
{
    // PDFs cost a process each; pages and text are most of what is published.
    private static readonly string[] Shares =
        ["html", "html", "html", "html", "text", "text", "text", "text", "docx", "docx", "xlsx", "zip", "pdf ruled", "pdf tagged", "pdf borderless"];

    private static readonly int Kinds = Mutation.All.Count + FileDamage.All.Count;

    /// <summary>The mutant of a seed; every seed gives one.</summary>
    public static Mutant Make(IReadOnlyList<FormDefinition> forms, int seed)
    {
        // The same damage need not fit the first document; another one then does.
        for (var attempt = 0; ; attempt++)
        {
            var random = new Random(unchecked((seed * 7919) + (attempt * 104_729) + 13));
            // Forms in force are met more often.
            var form = forms[random.Next(6) switch { 0 => 0, 1 or 2 => 1, _ => 2 }];
            if (Make(form, random, seed) is { } mutant)
                return mutant;
        }
    }

    private static Mutant? Make(FormDefinition form, Random random, int seed)
    {
        var layout = GoldLayout.All[random.Next(GoldLayout.All.Count)];
        var name = Shares[random.Next(Shares.Length)];
        var format = GoldFormat.All.Single(format => format.Name == name);
        var flavour = (TextFlavour)random.Next(6);
        var borders = name == "text" ? TextRendering.Borders(flavour) : format.Borders(layout);
        var document = GoldComposer.Compose(form, layout, random.Next(), borders);
        var kind = random.Next(Kinds);
        byte[] Render() => name == "text" ? System.Text.Encoding.UTF8.GetBytes(TextRendering.Render(document, flavour, random)) : format.Render(document, random);
        GoldFile File(byte[] content) => new(name, $"{name}{(name == "text" ? " " + flavour : "")} {form.Code} {layout.Name}", content, form, document.Truth);
        if (kind < Mutation.All.Count)
        {
            var mutation = Mutation.All[kind];
            if ((mutation.NeedsBorders && borders == CellBorders.None) || mutation.Apply(document, random) is not { } damage)
                return null;
            return new Mutant(seed, mutation.Name, damage.IsDecidable, File(Render()));
        }

        var harm = FileDamage.All[kind - Mutation.All.Count];
        if (!harm.IsFor(name) || harm.Apply(Render(), random) is not { } damaged)
            return null;
        return new Mutant(seed, harm.Name, harm.IsDecidable, File(damaged));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"seed {Seed}, {File.Name}, {Kind}");
}
