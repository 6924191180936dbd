using System.Text.RegularExpressions;

namespace DoorAgent.EndToEnd.Page;

/// <summary>The real program: a door with simulated hardware before which dora stands, the page's server beside it, and a browser. Adam is
/// enrolled with a badge.</summary>
public sealed partial class PageAtWork : IAsyncLifetime
{
    public const string NewCard = "H10301:9:99";

    private readonly Browser _browser = new();
    private readonly string _camera = Directory.CreateTempSubdirectory("dooragent-camera-").FullName;
    private readonly Door _door;
    private Daemon? _daemon, _server;
    private Uri _address = new("https://localhost");

    public PageAtWork()
    {
        // Two visits and the pictures of an enrolment: enough that differ.
        foreach (string picture in Directory.GetFiles(Door.Picture("dora"), "*.jpg", SearchOption.AllDirectories))
        {
            string visit = Path.GetFileName(Path.GetDirectoryName(picture)!);
            File.Copy(picture, Path.Combine(_camera, $"{Path.GetFileNameWithoutExtension(picture)}-{visit}.jpg"));
        }

        _door = new Door(_camera);
    }

    public async ValueTask InitializeAsync()
    {
        await _browser.InitializeAsync();
        if (!_browser.IsThere)
            return;
        _door.EnrolAdam();
        // The card of an enrolment is shown again at once.
        _daemon = _door.Start("--set", "Decisions:RepeatedRead=0 s");
        _daemon.WaitFor("Gallery loaded");
        _server = Daemon.Start("page", "serve", "--listen", "127.0.0.1:0", "--data", _door.Data);
        _address = new Uri(Address().Match(_server.WaitFor("The page is at")).Value);
    }

    /// <summary>Opens the page in a browser of its own.</summary>
    internal async Task<Visit> VisitAsync()
    {
        Visit visit = await _browser.VisitAsync(_address);
        await visit.PhoneAsync();
        await visit.LanguageAsync("en");
        // Somebody who is not paired is refused, and the browser reports that on the console.
        visit.Expected.Add(401);
        return visit;
    }

    /// <summary>Opens the page and pairs it, as somebody does who reads the code in the terminal.</summary>
    internal async Task<Visit> PairedAsync(string role = "technician")
    {
        Visit visit = await VisitAsync();
        await visit.GoAsync();
        await visit.TypeAsync("Code of 8 digits", CodeFor(role));
        await visit.PressAsync("Pair");
        await visit.SeesAsync("Last events");
        return visit;
    }

    /// <summary>Runs 'dooragent page' and returns the code that it prints.</summary>
    internal string CodeFor(string role)
    {
        (int exitCode, string said) = _door.Run("page", "--role", role);
        Assert.True(exitCode == 0, said);
        return Code().Match(said).Groups[1].Value;
    }

    /// <summary>Does something at the simulated door.</summary>
    internal void AtTheDoor(string line) => _daemon!.Type(line);

    /// <summary>Waits until the door has said this.</summary>
    internal string Says(string text) => _daemon!.WaitFor(text);

    public async ValueTask DisposeAsync()
    {
        _server?.Dispose();
        _daemon?.Dispose();
        await _browser.DisposeAsync();
        _door.Dispose();
        Directory.Delete(_camera, recursive: true);
    }

    [GeneratedRegex("https://[^ ]+")]
    private static partial Regex Address();

    [GeneratedRegex("Code: +([0-9]{4} [0-9]{4})")]
    private static partial Regex Code();
}
