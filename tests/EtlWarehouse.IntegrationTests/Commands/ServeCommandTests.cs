using System.Diagnostics;
using System.Net;
using EtlWarehouse.IntegrationTests.Postgres;

namespace EtlWarehouse.IntegrationTests.Commands;

public sealed class ServeCommandTests
{
    [Test]
    public async Task Serve_UntilTerminated_AnswersSupervisorsAndEndsInGoodOrder()
    {
        using var home = TemporaryHome.Prepared();
        using var process = EtlScript.Start(home.Path, "serve", "sample", "--listen", "127.0.0.1:0");
        _ = process.StandardOutput.ReadToEndAsync();
        var address = await AddressAsync(process.StandardError);
        var rest = process.StandardError.ReadToEndAsync();
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        var (live, ready, metrics) = (await http.GetAsync("/healthz"), await http.GetAsync("/readyz"), await http.GetStringAsync("/metrics"));
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync();

        Assert.Multiple(async () =>
        {
            Assert.That(live.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(ready.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(metrics, Does.Contain("# TYPE etl_nights gauge"));
            Assert.That(process.ExitCode, Is.Zero);
            Assert.That(await rest, Does.Contain("stopping").And.Not.Contain("fail:"));
        });
    }

    [TestCase("expected an address and a port such as 127.0.0.1:8470, found 'everywhere'", "--listen", "everywhere")]
    [TestCase("expected a pipeline nosuch, found ", "nosuch")]
    [TestCase("serve --help", "--only", "half")]
    public async Task Serve_WrongArguments_SaysWhatWasExpectedAndStartsNothing(string message, params string[] arguments)
    {
        using var home = TemporaryHome.Prepared();
        var outcome = await EtlScript.RunAsync(home.Path, ["serve", .. arguments]);

        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(1));
            Assert.That(outcome.Error, Does.Contain(message));
        });
    }

    private static async Task<string> AddressAsync(StreamReader error)
    {
        for (var line = await error.ReadLineAsync(); line is not null; line = await error.ReadLineAsync())
        {
            if (line.IndexOf("http://", StringComparison.Ordinal) is >= 0 and var at)
                return line[at..line.IndexOf(';', at)];
        }

        throw new InvalidOperationException("expected the address that is served, found the end of the output");
    }
}
