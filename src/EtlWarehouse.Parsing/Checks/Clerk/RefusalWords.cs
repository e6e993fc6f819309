namespace EtlWarehouse.Parsing.Checks.Clerk;

/// <summary>Says in Chinese why a document is no report.</summary>
public static class RefusalWords
{
    public static string Of(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.Code switch
        {
            "file.missing" => "没有找到文件",
            "file.folder" => "应为一个文件，这是文件夹；读取整个文件夹请用 etl import",
            "file.special" => "应为一个普通文件，这是设备、管道或套接字",
            "file.unreadable" => "文件不能打开，可能没有读取权限",
            "file.too_large" => "文件过大",
            "document.empty" => "文件是空的",
            "document.format" => "不能读取这种格式的文件",
            "document.damaged" => "文件已损坏或不完整",
            "document.encrypted" => "文件加了密码，不能读取",
            "document.not_text" => "文件不是文字",
            "document.scan" => "文件是扫描图片，没有认出年度报告的标题和表格",
            "document.too_large" => "文件过大",
            "document.too_slow" => "文件过于复杂，没有读完",
            "document.tool_missing" => "缺少读取这种格式所需的程序",
            "document.too_deep" => "网页嵌套过深，不是正常的网页",
            "report.infographic" => "这是年度报告的图解，不是年度报告",
            "report.interpretation" => "这是年度报告的解读，不是年度报告",
            "report.self_check" => "这是自查报告，不是年度报告",
            "report.letter" => "这是报送年度报告的函件，不是年度报告",
            "report.notice" => "这是有关年度报告的通知，不是年度报告",
            "report.template" => "这是空白模板：机关名称或年份没有填写",
            "report.public_enterprise" => "这是公共企事业单位的信息公开报告，不适用行政机关的格式",
            "report.other_document" => "这是其他文件，不是年度报告",
            "report.not_found" => "没有找到年度报告的标题和表格",
            "report.no_tables" => "有年度报告的标题，没有找到任何一张表格；表格可能是图片或另附文件",
            "report.year_unconfirmed" => "扫描件中识别的年度不能确定：标题和统计期限不一致，或者只见到一处",
            "report.no_year" => "标题和统计期限都没有写明年度",
            "page.challenge" => "这是网站的访问验证页面，不是年度报告",
            "page.not_found" => "这是“页面不存在”的提示页面",
            "page.unavailable" => "网站暂时不能访问，这是它的提示页面",
            "page.redirect" => "这个页面只跳转到别处，文章可能已删除",
            "page.empty" => "页面里几乎没有文字，内容可能是图片或由脚本生成",
            "page.mirror" => "这是仿冒政府网站的镜像页面，不是原文",
            _ => "不是可以核对的年度报告",
        };
    }
}
