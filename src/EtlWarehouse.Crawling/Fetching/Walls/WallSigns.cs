using System.Text.RegularExpressions;

namespace EtlWarehouse.Crawling.Fetching.Walls;

/// <summary>One kind of wall and its tell-tale.</summary>
/// <param name="Code">Stable, e.g. <c>wall.ruishu</c>.</param>
/// <param name="Found">What it is, for the message.</param>
internal sealed record WallSign(string Code, string Found, Func<WallEvidence, bool> Fits);

/// <summary>
/// The walls that Chinese government sites are known to stand behind, the surest tell-tale first. They are recognised
/// so that the site is left alone; nothing here tries to get past one.
/// </summary>
internal static partial class WallSigns
{
    private static readonly WallSign[] All =
    [
        // 瑞数 answers 412 or 202 with a script; pages it lets through may carry the same script behind their words.
        new("wall.ruishu", "瑞数's script", wall => wall.Shows(Ruishu()) && (wall.Status is 412 or 202 or 400 || wall.IsShell)),
        // 加速乐 (知道创宇) answers 521, then a script that computes a cookie. Its __jsluid alone says nothing: every page sets it.
        new("wall.jsl", "加速乐's cookie script", wall =>
            (wall.Status == 521 && (wall.SetsCookie("__jsl") || wall.Shows(Script())))
            || (wall.IsShell && (wall.SetsCookie("__jsl_clearance") || wall.Shows(Clearance())))),
        new("wall.captcha", "a page that asks for a captcha", wall =>
            wall.IsNotice && (wall.Shows(Captcha()) || CaptchaWords().IsMatch(wall.Words)) && (wall.Status != 200 || wall.Words.Length < 300)),
        new("wall.geo", "a refusal by place", wall =>
            wall.Status == 451 || ((wall.Status == 403 || wall.IsNotice) && (Place().IsMatch(wall.Words) || wall.Shows(PlaceCode()) || PlaceCode().IsMatch(wall.Header("X-Reason"))))),
        // A redirect to itself with a cookie, or a script that writes one and loads the page anew.
        new("wall.cookie", "a page that only sets a cookie", wall =>
            (wall.Redirect is not null && wall.Redirect == wall.Url && wall.Header("Set-Cookie").Length > 0)
            || ((wall.IsShell || wall.Status == 412) && wall.Shows(CookieWriter()))),
        new("wall.challenge", "a challenge for browsers", wall =>
            wall.Status == 412 || wall.Header("cf-mitigated").Contains("challenge", StringComparison.OrdinalIgnoreCase)
            || wall.Header("x-amzn-waf-action").Length > 0),
        new("wall.throttled", "a request to slow down", wall => wall.Status == 429),
        new("wall.forbidden", "access refused", wall => wall.Status == 403 || (wall.IsNotice && Refusal().IsMatch(wall.Words))),
    ];

    /// <returns>The wall an answer is; null where it is none.</returns>
    public static WallSign? Find(WallEvidence answer) => Array.Find(All, sign => sign.Fits(answer));

    [GeneratedRegex(@"\$_ts\b")]
    private static partial Regex Ruishu();

    [GeneratedRegex("<script", RegexOptions.IgnoreCase)]
    private static partial Regex Script();

    [GeneratedRegex("__jsl_clearance")]
    private static partial Regex Clearance();

    [GeneratedRegex(@"document\s*\.\s*cookie\s*=|document\[[^\]]{1,40}\]\s*=.{0,200}cookie|acw_sc__v2|C3VK|EO_Bot_Ssid|__tst_status|HWWAFSES", RegexOptions.Singleline)]
    private static partial Regex CookieWriter();

    [GeneratedRegex("TCaptcha|AliyunCaptcha|aliyun_captcha|initGeetest|NECaptcha|captcha-form|g-recaptcha|hcaptcha", RegexOptions.IgnoreCase)]
    private static partial Regex Captcha();

    [GeneratedRegex("请.{0,8}(输入|完成|进行|通过).{0,8}验证|(拖动|滑动).{0,6}滑块|人机验证|安全验证|访问验证|verifyyouare(a)?human", RegexOptions.IgnoreCase)]
    private static partial Regex CaptchaWords();

    [GeneratedRegex("(境外|海外|国外|所在(的)?(地区|区域|国家)).{0,20}(限制|禁止|无法|不能|不支持|拒绝|屏蔽)|(限制|禁止|拒绝|屏蔽).{0,10}(境外|海外|国外|该地区)|(yourcountry|yourregion).{0,40}(block|denied|notavailable)|notavailableinyour(country|region)", RegexOptions.IgnoreCase)]
    private static partial Regex Place();

    // 网宿 (WZWS) writes why it refuses.
    [GeneratedRegex(@"\bGeoBL\b|\bgeo[-_ ]?block", RegexOptions.IgnoreCase)]
    private static partial Regex PlaceCode();

    [GeneratedRegex("(访问|请求|操作|IP).{0,16}(被(系统)?(拦截|阻断|拒绝|屏蔽|禁止|限制)|存在(安全)?(风险|威胁)|过于频繁)|拒绝(您|你)?的?访问|已被(防火墙|网站管理员|安全系统).{0,6}(拦截|阻断)|accessdenied|requestblocked|requestrejected", RegexOptions.IgnoreCase)]
    private static partial Regex Refusal();
}
