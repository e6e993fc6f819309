using System.Text;

namespace EtlWarehouse.SiteSimulator.Faults;

/// <summary>What servers and walls answer in place of a page.</summary>
internal static class FaultPages
{
    public static SimulatedAnswer Of(SiteFault fault) => fault switch
    {
        SiteFault.Blocked => Html(
            "<html><head><meta charset=\"utf-8\"><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=18203;$_ts.cd=\"qEWqrkqkaaLqrqqk\";</script></head><body></body></html>", 412),
        SiteFault.ScriptWall => Html(
            "<html><head><script>var _0x=['cookie','C3VK=8f21cd; max-age=300; path=/'];document[_0x[0]]=_0x[1];setTimeout(function(){location.reload();},30);</script></head><body></body></html>"),
        SiteFault.MovedToFront => new SimulatedAnswer([], null, 302, "/"),
        SiteFault.SoftNotFound => Html("""
            <html><head><meta charset="utf-8"><title>页面找不到</title></head><body><div class="header"><a href="/">首页</a></div>
            <div class="error"><img src="/images/404.png"><p>很抱歉，您要访问的页面不存在或已被删除！</p><a href="/">返回首页</a></div></body></html>
            """),
        SiteFault.Deleted => Html("<html><head><meta http-equiv=\"refresh\" content=\"0;URL=../\" /></head><body></body></html>"),
        SiteFault.TwoBytes => new SimulatedAnswer("\r\n"u8.ToArray(), "application/pdf"),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "expected a fault that answers with a page"),
    };

    private static SimulatedAnswer Html(string html, int status = 200) => new(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", status);
}
