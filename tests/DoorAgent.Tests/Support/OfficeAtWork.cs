using DoorAgent.Hub;
using DoorAgent.Office;
using DoorAgent.Tests.Commands;

namespace DoorAgent.Tests.Support;

/// <summary>An office with its hub, made by the commands as a user makes them: nats-server runs with the configuration that 'fleet init'
/// wrote. Doors are data directories beside it.</summary>
internal sealed class OfficeAtWork : IAsyncDisposable
{
    private readonly TempFolder _folder = new();

    private OfficeAtWork() => Port = NatsServer.FreePort();

    /// <summary>The office's directory.</summary>
    public string Directory => _folder.File("office");

    public int Port { get; }

    /// <summary>The hub; its configuration is the office's own.</summary>
    public NatsServer Hub { get; private set; } = null!;

    /// <summary>Makes an office and starts its hub.</summary>
    public static async Task<OfficeAtWork> StartAsync()
    {
        NatsServer.Require();
        OfficeAtWork made = new();
        try
        {
            await made.InitAsync("No hub answers");
            made.Hub = await NatsServer.StartFileAsync(new OfficePlaces(made.Directory).HubConfiguration, made.Port);
            await made.InitAsync("The hub is ready");
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes an office whose hub does not run.</summary>
    public static async Task<OfficeAtWork> WithoutHubAsync()
    {
        OfficeAtWork made = new();
        await made.InitAsync("No hub answers");
        return made;
    }

    /// <summary>Runs a verb of the fleet at the office.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> SaysAsync(int exitCode, string words, params string[] verb) =>
        WholeConsole.SaysAsync(exitCode, words, ["fleet", .. verb, "--office", Directory]);

    /// <summary>Runs a verb of the fleet on a door.</summary>
    public Task<string> DoorSaysAsync(string door, int exitCode, string words, params string[] verb) =>
        WholeConsole.SaysAsync(exitCode, words, ["fleet", .. verb, "--data", DataOf(door)]);

    /// <summary>The data directory of a door.</summary>
    public string DataOf(string door) => _folder.File(door);

    /// <summary>Path of a file beside the directories.</summary>
    public string File(string name) => _folder.File(name);

    /// <summary>A door asks; returns the file with its request.</summary>
    public async Task<string> AskAsync(string door)
    {
        string file = _folder.File($"{door}.request");
        await DoorSaysAsync(door, 0, "fingerprint:", "join", door, "--to", file, "--force");
        return file;
    }

    /// <summary>The office accepts a door; returns the file with the answer.</summary>
    public async Task<string> AcceptAsync(string door, string group)
    {
        string file = _folder.File($"{door}.answer");
        await SaysAsync(0, "office's key:", "accept", _folder.File($"{door}.request"), "--group", group, "--to", file, "--force");
        return file;
    }

    /// <summary>Joins a door to a group: asks, accepts and takes the answer.</summary>
    public async Task JoinAsync(string door, string group)
    {
        await AskAsync(door);
        await DoorSaysAsync(door, 0, $"This door is {door} in the group {group}.", "join", "--answer", await AcceptAsync(door, group));
    }

    /// <summary>Connects with a door's own NKEY, as its link does.</summary>
    public Task<HubConnection> ConnectAsync(string door) => HubConnection.ConnectAsync(new HubAddress("127.0.0.1", Port),
        HubLogin.OfDoor(door, System.IO.File.ReadAllText(Path.Combine(DataOf(door), "link", "fleet-nkey")).Trim(),
            Path.Combine(DataOf(door), "link", "fleet-ca.pem")), TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>Opens the office between two commands.</summary>
    public FleetOffice Open() => FleetOffice.Open(Directory, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        if (Hub is not null)
            await Hub.DisposeAsync();
        foreach (string key in System.IO.Directory.GetFiles(Path.GetDirectoryName(Directory)!, "*.key"))
            System.IO.File.Delete(key);
        _folder.Dispose();
    }

    private Task<string> InitAsync(string words) => SaysAsync(0, words, "init", "--hub", $"nats://127.0.0.1:{Port}",
        "--files", new OfficePlaces(Directory).Hub, "--store", _folder.File("store"), "--test");
}
