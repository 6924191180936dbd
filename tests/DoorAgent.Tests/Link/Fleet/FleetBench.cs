using DoorAgent.Hub;
using DoorAgent.Link.Fleet;
using DoorAgent.Tests.Support;
using NATS.NKeys;

namespace DoorAgent.Tests.Link.Fleet;

/// <summary>A hub with TLS and the permissions of the layout, the office of one group, and doors in memory that the real link
/// serves.</summary>
internal sealed class FleetBench : IAsyncDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly string _officeSeed = NewSeed();
    private readonly Dictionary<string, string> _seeds;
    private CancellationTokenSource _end = new();
    private readonly List<(FleetRunner Runner, Task Task)> _runners = [];
    private readonly List<IDisposable> _things = [];
    private HubConnection? _office;

    private FleetBench(IEnumerable<string> doors) => _seeds = doors.ToDictionary(door => door, _ => NewSeed());

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public TempFolder Folder { get; } = new();

    public MadeOffice Office { get; } = new();

    public NatsServer Server { get; private set; } = null!;

    /// <summary>The office's connection.</summary>
    public HubConnection Hub => _office!;

    public HubAddress Address => new("127.0.0.1", Server.Port);

    public string CaFile => Server.CaFile!;

    /// <summary>Starts the hub.</summary>
    /// <param name="doors">The accepted doors, of the office's group.</param>
    public static Task<FleetBench> StartAsync(params string[] doors) => StartAsync(doors, "", null);

    /// <summary>Starts the hub.</summary>
    /// <param name="doors">The accepted doors, of the office's group.</param>
    /// <param name="settings">Further text of the hub's configuration.</param>
    /// <param name="domain">Name of the hub's JetStream beside that of a leaf node; null for none.</param>
    public static async Task<FleetBench> StartAsync(string[] doors, string settings, string? domain)
    {
        NatsServer.Require();
        FleetBench bench = new(doors);
        bench.Server = await NatsServer.StartAsync(bench.Accounts() + settings, bench._authority, domain);
        await bench.ConnectOfficeAsync();
        await MadeOffice.MakeBucketsAsync(bench.Hub, Cancellation);
        return bench;
    }

    /// <summary>Connects the office again, after the hub was away.</summary>
    public async Task ConnectOfficeAsync()
    {
        if (_office is not null)
            await _office.DisposeAsync();
        _office = await ConnectAsync(Server);
    }

    /// <summary>Starts the server of a site: the hub's users may do there the same.</summary>
    /// <param name="settings">Further text of its configuration.</param>
    /// <param name="domain">Name of its JetStream.</param>
    public Task<NatsServer> StartSiteAsync(string settings, string domain) => NatsServer.StartAsync(Accounts() + settings, _authority, domain);

    /// <summary>Connects as the office.</summary>
    public Task<HubConnection> ConnectAsync(NatsServer server) => HubConnection.ConnectAsync(
        Address with { Port = server.Port }, HubLogin.OfOffice(_officeSeed, CaFile), TimeProvider.System, Cancellation);

    /// <summary>Returns a door that has joined, and that no link serves yet.</summary>
    public async Task<MemoryFleetDoor> JoinAsync(string door)
    {
        MemoryFleetDoor made = new(door, Office.Group, Office.Key.Public.Bytes);
        _things.Add(made);
        await Office.AcceptAsync(Hub, door, made.Secrets.Public, Cancellation);
        return made;
    }

    /// <summary>The login of a door.</summary>
    public HubLogin LoginOf(string door) => HubLogin.OfDoor(door, _seeds[door], CaFile);

    /// <summary>Starts the link of a door.</summary>
    /// <param name="door">The door.</param>
    /// <param name="port">The port of a proxy before the hub; null for none.</param>
    /// <param name="login">Who connects; null for the door itself.</param>
    /// <param name="time">The link's clock; null for the machine's.</param>
    /// <param name="journal">Reads the door's journal; null where no events are sent.</param>
    public FleetRunner Serve(
        MemoryFleetDoor door, int? port = null, HubLogin? login = null, TimeProvider? time = null, ReadJournal? journal = null)
    {
        string name = door.Standing.Door;
        HubAddress address = Address with { Port = port ?? Server.Port };
        login ??= LoginOf(name);
        FleetRunner runner = new(address, () => login, new FleetLinkStatus(name, Office.Group, address.ToString()), door,
            Path.Combine(Folder.Path, $"{name}.spool"), Serilog.Core.Logger.None, time ?? TimeProvider.System, new Random(1), journal);
        _runners.Add((runner, Task.Run(() => runner.RunAsync(_end.Token))));
        return runner;
    }

    /// <summary>Ends the links, as a stop of the service does.</summary>
    public async Task StopLinksAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_runners.Select(runner => runner.Task));
        _runners.Clear();
        _end.Dispose();
        _end = new CancellationTokenSource();
    }

    public async ValueTask DisposeAsync()
    {
        await StopLinksAsync();
        if (_office is not null)
            await _office.DisposeAsync();
        if (Server is not null)
            await Server.DisposeAsync();
        foreach (IDisposable thing in _things)
            thing.Dispose();
        Office.Dispose();
        _authority.Dispose();
        Folder.Dispose();
        _end.Dispose();
    }

    /// <summary>Waits until a link has come to a state.</summary>
    public static async Task UntilAsync(FleetRunner link, Func<FleetLinkStatus, bool> isReached)
    {
        while (true)
        {
            Task change = link.Progress.Changed;
            if (isReached(link.Progress.Status))
                return;
            // Only a failing test waits this long.
            await change.WaitAsync(TimeSpan.FromMinutes(2), Cancellation);
        }
    }

    /// <summary>Makes the seed of a user's NKEY.</summary>
    public static string NewSeed()
    {
        using KeyPair pair = KeyPair.CreatePair(PrefixByte.User);
        return pair.GetSeed();
    }

    private string Accounts() => $$"""
        accounts { DOORS { jetstream: enabled, users: [
          { nkey: {{HubLogin.OfOffice(_officeSeed, null).PublicKey()}} }
          {{string.Join("\n  ", _seeds.Select(door => UserOf(door.Key, HubPermissions.OfDoor(door.Key, Office.Group))))}}
        ] } }
        """;

    private string UserOf(string door, HubPermissions may) =>
        $"{{ nkey: {HubLogin.OfDoor(door, _seeds[door], null).PublicKey()}, permissions {{ publish {{ allow: [{Quoted(may.Publish)}] }}, "
        + $"subscribe {{ allow: [{Quoted(may.Subscribe)}] }} }} }}";

    private static string Quoted(IEnumerable<string> subjects) => string.Join(", ", subjects.Select(subject => $"\"{subject}\""));
}
