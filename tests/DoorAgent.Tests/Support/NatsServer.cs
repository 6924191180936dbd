using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;

namespace DoorAgent.Tests.Support;

/// <summary>A NATS server with JetStream on the loopback interface. The same object is the server before and after a kill: port, store and
/// configuration stay.</summary>
internal sealed partial class NatsServer : IAsyncDisposable
{
    /// <summary>Why a test of the hub is skipped where <see cref="Program"/> is null.</summary>
    public const string Missing = "needs nats-server, which tests/nats.sh takes from Debian's package";

    private const int Terminate = 15, HangUp = 1;

    // Only a failing test waits this long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly Lazy<Version> Said = new(AskVersion);

    private readonly TempFolder _folder = new();
    private readonly string[] _arguments;
    private readonly List<string> _log = [];
    private readonly SemaphoreSlim _logged = new(0);
    private Process? _process;
    private Task _pump = Task.CompletedTask;
    private volatile bool _hasEnded;
    private volatile TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private NatsServer(string? file, string settings, TestAuthority? authority, int? port = null, string? domain = null)
    {
        Port = port ?? FreePort();
        CaFile = authority?.WriteTo(_folder);
        string named = domain is null ? "" : $", domain: {domain}";
        file ??= _folder.Write("nats.conf", $"{settings}\njetstream {{ store_dir: \"{_folder.File("store")}\"{named} }}\n{Tls(authority)}");
        string text = File.ReadAllText(file);
        Store = StoreIn().Match(text) is { Success: true } store ? store.Groups["path"].Value
            : throw new ArgumentException($"The server's configuration names no store_dir:\n{text}");
        Address = $"{(TlsIn().IsMatch(text) ? "tls" : "nats")}://127.0.0.1:{Port}";
        _arguments = ["--config", file, "--addr", "127.0.0.1", "--port", Port.ToString(CultureInfo.InvariantCulture)];
    }

    /// <summary>The server's program: the one that DOORAGENT_NATS names, Debian's, or the one of tests/nats.sh; null without
    /// any.</summary>
    public static string? Program { get; } = OnPath(
        new[]
        {
            Environment.GetEnvironmentVariable("DOORAGENT_NATS"), "/usr/sbin/nats-server",
            Path.Combine(Repository.Root, "artifacts", "tools", "nats-server"),
        }.FirstOrDefault(File.Exists));

    /// <summary>Version of <see cref="Program"/>.</summary>
    public static Version Version => Said.Value;

    public int Port { get; }

    /// <summary>Where clients connect, such as <c>nats://127.0.0.1:14222</c>; <c>tls://...</c> with an authority.</summary>
    public string Address { get; }

    /// <summary>The certificate of the test's authority, for a setting CaFile; null without one.</summary>
    public string? CaFile { get; }

    /// <summary>The folder of the streams.</summary>
    public string Store { get; }

    /// <summary>The server's process.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>Completes when the server accepts connections; of a server that is ended, when it does so again.</summary>
    public Task Ready => _ready.Task;

    /// <summary>All lines of the server since its first start.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return string.Join('\n', _log);
        }
    }

    /// <summary>Starts a server with JetStream, and waits until it accepts connections.</summary>
    /// <param name="settings">Further text of the configuration, such as accounts; without any, everybody may do everything.</param>
    /// <param name="authority">Signs the server's certificate; null for a server without TLS.</param>
    /// <param name="domain">Name of its JetStream beside that of a leaf node; null for none.</param>
    public static Task<NatsServer> StartAsync(string settings = "", TestAuthority? authority = null, string? domain = null) =>
        StartedAsync(new NatsServer(null, settings, authority, null, domain));

    /// <summary>Starts a server with a configuration file as <c>dooragent fleet init</c> writes it. Address and port are the test's
    /// own.</summary>
    /// <param name="file">The file, which names its store.</param>
    /// <param name="port">The port; null for a free one.</param>
    public static Task<NatsServer> StartFileAsync(string file, int? port = null) => StartedAsync(new NatsServer(file, "", null, port));

    /// <summary>Starts the server again after <see cref="KillAsync"/> or <see cref="StopAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        int before = LogLength;
        ProcessStartInfo start = new(Program!, _arguments) { RedirectStandardError = true };
        _hasEnded = false;
        _process = Process.Start(start)!;
        _pump = PumpAsync(_process.StandardError);
        if (await SaidAsync(before, "Server is ready") is null)
            throw new InvalidOperationException($"nats-server does not start:\n{Log}");
        _ready.TrySetResult();
    }

    /// <summary>Ends the server with SIGKILL, as a power cut does.</summary>
    public Task KillAsync() => EndAsync(process => process.Kill());

    /// <summary>Ends the server with SIGTERM, as systemd does.</summary>
    public Task StopAsync() => EndAsync(process => Signal(process, Terminate));

    /// <summary>Makes the server read its configuration again (SIGHUP), and waits until it has.</summary>
    /// <exception cref="InvalidOperationException">The server refused the configuration.</exception>
    public async Task ReloadAsync()
    {
        int before = LogLength;
        Signal(_process!, HangUp);
        string? said = await SaidAsync(before, "Reloaded server configuration", "Failed to reload");
        if (said?.Contains("Failed", StringComparison.Ordinal) != false)
            throw new InvalidOperationException($"nats-server does not read its configuration again:\n{Log}");
    }

    /// <summary>Copies the store of a server that is stopped to a folder.</summary>
    public void CopyStore(string to) => Copy(Store, to);

    /// <summary>Replaces the store of a server that is stopped with an older copy.</summary>
    public void RestoreStore(string from)
    {
        Directory.Delete(Store, recursive: true);
        Copy(from, Store);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Report($"nats-server {Version}:\n{Log}");
        _folder.Dispose();
        _logged.Dispose();
    }

    /// <summary>Finds a port that nobody uses. The ports that the kernel gives to outgoing connections are avoided: while the server is
    /// stopped, another program could get its port.</summary>
    public static int FreePort()
    {
        while (true)
        {
            int port = Random.Shared.Next(12000, 32000);
            using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another one, then.
            }
        }
    }

    // Where the tests have a report, a failing test shows the server's lines; a benchmark has none.
    static partial void Report(string text);

    private int LogLength
    {
        get
        {
            lock (_log)
                return _log.Count;
        }
    }

    private static async Task<NatsServer> StartedAsync(NatsServer server)
    {
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task EndAsync(Action<Process> end)
    {
        if (_process is null)
            return;
        using CancellationTokenSource late = new(Patience);
        _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_process.HasExited)
            end(_process);
        await _process.WaitForExitAsync(late.Token);
        // The end of the old process must not be taken for that of the next one.
        await _pump.WaitAsync(late.Token);
        _process.Dispose();
        _process = null;
    }

    /// <summary>Waits for a line with one of the texts; returns null when the server ends before.</summary>
    private async Task<string?> SaidAsync(int from, params string[] texts)
    {
        using CancellationTokenSource late = new(Patience);
        while (true)
        {
            lock (_log)
            {
                if (_log.Skip(from).FirstOrDefault(line => texts.Any(line.Contains)) is { } found)
                    return found;
            }

            if (_hasEnded)
                return null;
            try
            {
                await _logged.WaitAsync(late.Token);
            }
            catch (OperationCanceledException waited)
            {
                throw new InvalidOperationException($"nats-server never said '{string.Join("' or '", texts)}':\n{Log}", waited);
            }
        }
    }

    private async Task PumpAsync(StreamReader from)
    {
        while (await from.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lock (_log)
                _log.Add(line);
            _logged.Release();
        }

        _hasEnded = true;
        _logged.Release();
    }

    private string Tls(TestAuthority? authority)
    {
        if (authority is null)
            return "";
        using X509Certificate2 certificate = authority.Sign();
        string file = _folder.Write("server.pem", certificate.ExportCertificatePem());
        string key = _folder.Write("server.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        // Within the server's 2 s a busy machine does not end each handshake.
        return $"tls {{ cert_file: \"{file}\", key_file: \"{key}\", timeout: 60 }}\n";
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }

    private static Version AskVersion()
    {
        using Process process = Process.Start(new ProcessStartInfo(Program!, "--version") { RedirectStandardOutput = true })!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        // Such as "nats-server: v2.9.10" or "nats-server: v2.15.1-RC.2".
        return Version.Parse(said.Split(" v")[^1].Trim().Split('-')[0]);
    }

    private static void Signal(Process process, int signal)
    {
        if (kill(process.Id, signal) != 0)
            throw new InvalidOperationException($"nats-server cannot be sent signal {signal}: error {Marshal.GetLastPInvokeError()}");
    }

    [GeneratedRegex("""(?m)^[^#\n]*\bstore_dir\s*[:=]?\s*["'](?<path>[^"']+)""")]
    private static partial Regex StoreIn();

    [GeneratedRegex(@"(?m)^\s*tls\b")]
    private static partial Regex TlsIn();

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int process, int signal);

    /// <summary>The office's commands ask the installed program for its version and signal with it: the one that the tests start must be
    /// the one that they find.</summary>
    private static string? OnPath(string? program)
    {
        if (program is not null)
            Environment.SetEnvironmentVariable("PATH", Path.GetDirectoryName(program) + ":" + Environment.GetEnvironmentVariable("PATH"));
        return program;
    }
}
