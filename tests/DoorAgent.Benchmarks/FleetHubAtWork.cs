using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using DoorAgent.Hub;
using DoorAgent.Office;
using DoorAgent.Tests.Support;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using NATS.NKeys;

namespace DoorAgent.Benchmarks;

/// <summary>A hub with the configuration that 'fleet init' writes, and the office's connection to it.</summary>
internal sealed class FleetHubAtWork : IAsyncDisposable
{
    private const int AtOnce = 64;

    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly HttpClient _monitor = new();
    private readonly Dictionary<string, string> _seeds;
    private int _monitorPort;
    private NatsServer _server = null!;
    private HubConnection _office = null!;

    private FleetHubAtWork(IEnumerable<string> doors) => _seeds = doors.ToDictionary(door => door, _ => NewSeed());

    public HubAddress Address { get; private set; } = null!;

    /// <summary>Resident memory of the server, in bytes.</summary>
    public long Memory => ResidentBytes(_server.ProcessId);

    /// <summary>The path of a file of a door's link.</summary>
    public string SpoolOf(string door) => _folder.File($"{door}.spool");

    /// <summary>The login of a door.</summary>
    public HubLogin LoginOf(string door) => HubLogin.OfDoor(door, _seeds[door], CaFile);

    private string CaFile { get; set; } = null!;

    /// <summary>Starts the hub and makes its buckets.</summary>
    /// <param name="group">The group of all doors.</param>
    /// <param name="doors">Names of the doors.</param>
    /// <param name="stopping">Cancels the start.</param>
    public static async Task<FleetHubAtWork> StartAsync(string group, IReadOnlyCollection<string> doors, CancellationToken stopping)
    {
        FleetHubAtWork made = new(doors);
        await made.BeginAsync(group, stopping);
        return made;
    }

    /// <summary>Writes records into a bucket, several at once; returns when the hub has acknowledged all.</summary>
    public async Task PutAsync(string bucket, IEnumerable<(string Key, byte[] Value)> records, CancellationToken stopping)
    {
        foreach ((string Key, byte[] Value)[] some in records.Chunk(AtOnce))
        {
            foreach (PubAckResponse taken in await Task.WhenAll(some.Select(record => PutAsync(bucket, record.Key, record.Value, stopping))))
                taken.EnsureSuccess();
        }
    }

    /// <summary>Returns how many bytes the hub has received and sent, without those of TLS and TCP.</summary>
    public async Task<(long In, long Out)> TrafficAsync(CancellationToken stopping)
    {
        JsonElement varz = await _monitor.GetFromJsonAsync<JsonElement>(new Uri($"http://127.0.0.1:{_monitorPort}/varz"), stopping);
        return (varz.GetProperty("in_bytes").GetInt64(), varz.GetProperty("out_bytes").GetInt64());
    }

    /// <summary>Resident memory of a process, in bytes.</summary>
    public static long ResidentBytes(int process) => 1024 * long.Parse(
        File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))[6..^2].Trim(),
        CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        if (_office is not null)
            await _office.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        _monitor.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    private static string NewSeed()
    {
        using KeyPair pair = KeyPair.CreatePair(PrefixByte.User);
        return pair.GetSeed();
    }

    private Task<PubAckResponse> PutAsync(string bucket, string key, byte[] value, CancellationToken stopping) => _office.AskAsync(
        late => _office.JetStream.PublishAsync(HubNames.SubjectOf(bucket, key), value, cancellationToken: late), stopping);

    private async Task BeginAsync(string group, CancellationToken stopping)
    {
        int port = NatsServer.FreePort();
        _monitorPort = NatsServer.FreePort();
        Address = new HubAddress("127.0.0.1", port);
        CaFile = _authority.WriteTo(_folder);
        string officeSeed = NewSeed(), nkey = HubLogin.OfOffice(officeSeed, null).PublicKey();
        OfficeIdentity identity = new("benchmark", Address) { Files = _folder.Path, Store = _folder.File("store"), IsTest = true };
        using X509Certificate2 certificate = _authority.Sign();
        _folder.Write("hub.pem", certificate.ExportCertificatePem());
        _folder.Write("hub.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        _folder.Write("doors.conf", HubConfiguration.Doors(nkey, _seeds.Select(door => new OfficeDoor(door.Key, group, "",
            HubLogin.OfDoor(door.Key, door.Value, null).PublicKey(), false, DateTimeOffset.UnixEpoch))));
        string file = _folder.Write("hub.conf", HubConfiguration.Hub(identity, nkey, new HubServer(NatsServer.Version))
            + $"http: \"127.0.0.1:{_monitorPort}\"\n");
        Directory.CreateDirectory(identity.Store);
        _server = await NatsServer.StartFileAsync(file, port);
        _office = await HubConnection.ConnectAsync(Address, HubLogin.OfOffice(officeSeed, CaFile), TimeProvider.System, stopping);
        foreach (string bucket in HubBuckets.All)
            await _office.AskAsync(late => _office.JetStream.CreateStreamAsync(HubBuckets.Of(bucket), late), stopping);
    }
}
