using PuppeteerSharp;

namespace DoorAgent.EndToEnd.Page;

/// <summary>Debian's Chromium without a window, one for a class of tests. It is never downloaded: where it is not installed, the tests are
/// skipped.</summary>
public sealed class Browser : IAsyncLifetime
{
    private IBrowser? _browser;

    private static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);

    /// <summary>Whether there is a browser.</summary>
    public bool IsThere => _browser is not null;

    public async ValueTask InitializeAsync()
    {
        if (Program is null)
            return;
        // Root may not use Chromium's sandbox. The rest keeps it from asking others for updates and lists, and small containers have a
        // small /dev/shm.
        string[] arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--no-first-run", "--hide-scrollbars", "--force-color-profile=srgb"];
        _browser = await Puppeteer.LaunchAsync(new LaunchOptions
        {
            ExecutablePath = Program,
            Headless = true,
            Args = arguments,
            AcceptInsecureCerts = true,
            // In milliseconds; only a failing test waits this long.
            Timeout = 180_000,
            ProtocolTimeout = 600_000,
        });
    }

    /// <summary>Opens a page with cookies and a storage of its own; skips the test where there is no Chromium.</summary>
    /// <param name="address">The only server that the page may ask.</param>
    internal async Task<Visit> VisitAsync(Uri address)
    {
        Assert.SkipWhen(_browser is null, "needs Debian's package chromium, which tests/run.sh installs where it can");
        IBrowserContext context = await _browser!.CreateBrowserContextAsync();
        return await Visit.BeginAsync(context, address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
    }
}
