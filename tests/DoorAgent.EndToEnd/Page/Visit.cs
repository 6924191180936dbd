using System.Collections.Concurrent;
using PuppeteerSharp;

namespace DoorAgent.EndToEnd.Page;

/// <summary>A visitor's page in a browser. What no page may do is collected, and fails the test at its end: an error on the console, a
/// violation of the content security policy, an exception of a script, a request to another server.</summary>
internal sealed class Visit : IAsyncDisposable
{
    // Only a failing test waits this long.
    private const int Patience = 180_000;

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _wrong = [];

    private int _loads;

    private Visit(IBrowserContext context, IPage page, Uri address) => (_context, Page, Address) = (context, page, address);

    public IPage Page { get; }

    public Uri Address { get; }

    /// <summary>Statuses of refusals that a test provokes: the browser reports them on the console.</summary>
    public HashSet<int> Expected { get; } = [];

    public static async Task<Visit> BeginAsync(IBrowserContext context, Uri address)
    {
        IPage page = await context.NewPageAsync();
        Visit visit = new(context, page, address);
        page.DefaultTimeout = Patience;
        page.DefaultNavigationTimeout = Patience;
        page.Console += (_, said) => visit.Heard(said.Message);
        page.PageError += (_, error) => visit._wrong.Enqueue($"exception: {error.Message}");
        page.Request += (_, request) => visit.Asked(request.Request.Url);
        return visit;
    }

    /// <summary>Loads the page and goes to a screen by its name.</summary>
    public async Task GoAsync(string screen = "")
    {
        // Another address each time: where only the part behind # differs, the browser does not load the page again.
        await Page.GoToAsync(new Uri(Address, $"/?{_loads++}{(screen.Length > 0 ? $"#/{screen}" : "")}").ToString(),
            new NavigationOptions { WaitUntil = [WaitUntilNavigation.Load] });
        await Page.WaitForSelectorAsync("main > *");
    }

    /// <summary>Goes to a screen without loading the page again.</summary>
    public async Task ShowAsync(string screen)
    {
        // The heading of the screen before is marked, so that the new screen is waited for.
        await Page.EvaluateFunctionAsync("""
            screen => {
              if (location.hash === `#/${screen}`) return;
              document.querySelector('main h1').dataset.before = '';
              location.hash = `#/${screen}`;
            }
            """, screen);
        await Page.WaitForSelectorAsync("main h1:not([data-before])");
    }

    public async Task PhoneAsync() => await Page.SetViewportAsync(new ViewPortOptions { Width = 360, Height = 740, HasTouch = true,
        IsMobile = true, DeviceScaleFactor = 1 });

    public async Task DeskAsync() => await Page.SetViewportAsync(new ViewPortOptions { Width = 1280, Height = 800 });

    public async Task ColoursAsync(bool dark) => await Page.EmulateMediaFeaturesAsync(
        [new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = dark ? "dark" : "light" }]);

    /// <summary>Sets the language of the browser.</summary>
    public async Task LanguageAsync(string language) => await Page.Client.SendAsync("Emulation.setUserAgentOverride",
        new { userAgent = await Page.Browser.GetUserAgentAsync(), acceptLanguage = language });

    /// <summary>Waits until the page shows a text.</summary>
    public async Task SeesAsync(string text) =>
        await WaitAsync($"showed '{text}'", "text => document.body.innerText.includes(text)", text);

    public async Task<string> TextAsync() => await Page.EvaluateExpressionAsync<string>("document.body.innerText");

    /// <summary>Presses the button or link with this text.</summary>
    public async Task PressAsync(string text)
    {
        IElementHandle found = await FindAsync(text);
        // The bar at the lower edge covers what is only just on the screen.
        await found.EvaluateFunctionAsync("one => one.scrollIntoView({ block: 'center' })");
        await found.ClickAsync();
    }

    public async Task<IElementHandle> FindAsync(string text) => (IElementHandle)await WaitAsync($"had '{text}' to press", """
        text => {
          const within = document.querySelector('dialog[open]') ?? document;
          return [...within.querySelectorAll('button, a, summary, label')].find(one => !one.disabled && one.checkVisibility()
            && one.innerText.trim().includes(text));
        }
        """, text);

    /// <summary>Types into the field with this label.</summary>
    public async Task TypeAsync(string label, string text)
    {
        IElementHandle field = (IElementHandle)await WaitAsync($"had a field '{label}'",
            "label => [...document.querySelectorAll('input')].find(one => one.labels?.[0]?.innerText.includes(label))", label);
        await field.ClickAsync(new() { Count = 3 });
        await field.TypeAsync(text);
    }

    /// <summary>Waits until a function of the page returns something; a failing test says what the page shows instead.</summary>
    private async Task<IJSHandle> WaitAsync(string what, string function, string text)
    {
        try
        {
            return await Page.WaitForFunctionAsync(function, new WaitForFunctionOptions { Timeout = Patience }, text);
        }
        catch (WaitTaskTimeoutException late)
        {
            throw new InvalidOperationException($"The page at {Page.Url} never {what}. It shows:\n{await TextAsync()}\n"
                + string.Join('\n', _wrong), late);
        }
    }

    public async Task ShotAsync(string name)
    {
        string file = Path.Combine(Screenshots, $"{name}.png");
        Directory.CreateDirectory(Screenshots);
        // A screen as high as the page, so that what is fixed at its edges covers nothing.
        ViewPortOptions size = Page.Viewport;
        int height = await Page.EvaluateExpressionAsync<int>("document.documentElement.scrollHeight");
        await Page.SetViewportAsync(size with { Height = Math.Max(size.Height, height) });
        await Page.ScreenshotAsync(file, new ScreenshotOptions());
        await Page.SetViewportAsync(size);
    }

    private static string Screenshots { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../screenshots"));

    /// <summary>Fails where the page did what no page may do.</summary>
    public void WasClean() => Assert.Empty(_wrong);

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private void Heard(ConsoleMessage said)
    {
        if (said.Type is ConsoleType.Error or ConsoleType.Warning && !Expected.Any(status => said.Text.Contains($"status of {status}",
            StringComparison.Ordinal)))
            _wrong.Enqueue($"console: {said.Text}");
    }

    private void Asked(string url)
    {
        // The browser's own pictures, such as that of a field for dates, are part of it.
        if (!url.StartsWith(Address.ToString(), StringComparison.Ordinal)
            && !url.StartsWith("data:image/svg+xml", StringComparison.Ordinal))
            _wrong.Enqueue($"a request to {url}");
    }
}
