using EtlWarehouse.Parsing.Text;

namespace EtlWarehouse.Parsing.Checks.Clerk;

/// <summary>Labels and order of rows that differ from the form.</summary>
internal static class RowFindings
{
    public static IEnumerable<ClerkFinding> Of(FormWords words, ReadResult result)
    {
        var isReordered = result.Report!.Cells.Any(cell => cell.Repair?.Contains("column.reordered", StringComparison.Ordinal) == true);
        // A label that was recognised in a picture is often misread, not misprinted.
        var isScan = result.Findings.Any(finding => finding.Code == "document.scan");
        // The header of another form stands over all rows of its table.
        foreach (var finding in result.Findings.DistinctBy(finding => (finding.Code, finding.Code == "column.other_form" ? Table(words, finding) : (object)finding)))
        {
            var place = finding.Subject is { } row && words.IsRow(row) ? words.RowPlace(row) : "表格";
            switch (finding.Code)
            {
                case "label.variant" when !isScan && Differs(words, finding):
                    yield return new ClerkFinding(ClerkWeight.Doubt, finding.Code, place, finding.Locator,
                        $"行标签印作“{OneLine(finding.Printed!)}”，规范格式为“{words.RowLabel(finding.Subject!)}”", "错字、漏字，或用了旧格式、自拟的名称", "照规范格式改正标签");
                    break;
                case "label.lost":
                    yield return new ClerkFinding(ClerkWeight.Error, finding.Code, place, finding.Locator,
                        $"这一行的标签不是规范格式的名称{(OneLine(finding.Printed ?? "") is { Length: > 0 } printed ? $"（印作“{printed}”）" : "")}，只能按位置和勾稽关系认出", "标签缺失、错行或自拟", "照规范格式填写标签");
                    break;
                case "label.displaced":
                    yield return new ClerkFinding(ClerkWeight.Hint, finding.Code, place, finding.Locator,
                        "行标签不在它的一列", "合并单元格丢失，常见于从别处复制表格", "核对单元格合并是否与规范格式一致");
                    break;
                case "cell.glued":
                    yield return new ClerkFinding(ClerkWeight.Error, finding.Code, place, finding.Locator, "两个数粘在一格里", "两格之间的边框或分隔丢失", "把两个数分填在各自的格里");
                    break;
                case "cell.split":
                    yield return new ClerkFinding(ClerkWeight.Error, finding.Code, place, finding.Locator, "一个数被空格或边框分成两半", "排版或复制时断开", "去掉数字中间的空格，一格填一个完整的数");
                    break;
                case "cell.extra":
                    yield return new ClerkFinding(ClerkWeight.Error, finding.Code, place, finding.Locator, "这一行多出一个数，不属于任何一列", "页码混入表格，或多加了一列（如小计）", "删去多出的数；规范格式没有的列不要加");
                    break;
                case "row.reordered":
                    yield return new ClerkFinding(ClerkWeight.Doubt, finding.Code, place, finding.Locator, "这一行不在规范格式的位置", null, "按规范格式的次序排列各行");
                    break;
                case "row.ambiguous":
                    yield return new ClerkFinding(ClerkWeight.Error, finding.Code, place, finding.Locator, "这一行印了两次，而数不相同", "复制表格时重复了一行", "只留一行，核对保留的数");
                    break;
                // The reader says so too where it kept the form's order after all.
                case "column.reordered" when isReordered:
                    yield return new ClerkFinding(ClerkWeight.Doubt, finding.Code, "表格表头", finding.Locator, "表头各列的次序与规范格式不同", null, "按规范格式的次序排列各列");
                    break;
                case "row.undivided":
                    yield return new ClerkFinding(ClerkWeight.Doubt, finding.Code, place, finding.Locator, "这一行没有按规范格式分列各项", "沿用了旧格式的表格", "按规范格式分项填写");
                    break;
                case "column.other_form":
                    yield return new ClerkFinding(ClerkWeight.Doubt, finding.Code, $"{Table(words, finding)}表头", finding.Locator, "表头属于另一年度的格式", "沿用了旧模板", "改用该年度施行的格式");
                    break;
                case "document.scan":
                    yield return new ClerkFinding(ClerkWeight.Doubt, finding.Code, "全文", finding.Locator, "全文或有的页面是扫描图片，数字由程序识别；只采用两次识别一致并有勾稽等式证实的数", null, "公布可以检索和复制的文字版；逐格核对未证实的数");
                    break;
                case "charset.damaged":
                    yield return new ClerkFinding(ClerkWeight.Doubt, finding.Code, "全文", finding.Locator, "有的字符按文件的编码不能识别", "保存或转换时编码有误", "用 UTF-8 重新保存文件");
                    break;
                default:
                    break;
            }
        }
    }

    private static string Table(FormWords words, Finding finding) => finding.Subject is { } row && words.IsRow(row) ? words.TableOfRow(row) : "表格";

    private static bool Differs(FormWords words, Finding finding) =>
        finding is { Printed: not null, Subject: { } row } && words.IsRow(row)
        && FoldedLabel.Of(finding.Printed).Text != FoldedLabel.Of(words.RowLabel(row)).Text;

    private static string OneLine(string text) => string.Concat(text.Where(character => !CharacterFolding.IsBlank(character)));
}
