using EtlWarehouse.App.Ingestion;

namespace EtlWarehouse.App.Commands;

/// <summary>Says what a command changed in the warehouse.</summary>
internal static class UpdateLines
{
    public static void Print(UpdateResult update)
    {
        var transform = update.Transform;
        Console.WriteLine(
            $"变更 · changed: {update.Staged} 份文档 documents changed, {transform.FactsInserted + transform.FactsChanged + transform.FactsRemoved} 个单元格 facts changed"
            + $" (新增 new {transform.FactsInserted}, 更正 corrected {transform.FactsChanged}, 撤下 removed {transform.FactsRemoved})");
        if (transform.Unplaced > 0)
            Console.WriteLine($"待归位 · unplaced: {transform.Unplaced} 份年报无法归入机关与年度，见 mart.unplaced · reports without agency or year, see mart.unplaced");
        foreach (var warning in transform.Warnings)
            Console.WriteLine($"提示 · warning: {warning}");
    }
}
