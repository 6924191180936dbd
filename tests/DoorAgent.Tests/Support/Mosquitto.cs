using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DoorAgent.Tests.Support;

/// <summary>Debian's MQTT broker mosquitto on the loopback interface, with settings of the test.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private static readonly string Unpacked = Path.Combine(Repository.Root, "artifacts", "tools", "mosquitto");

    private static readonly string? Folder = new[] { "/usr", Path.Combine(Unpacked, "usr") }
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "sbin", "mosquitto")));

    private readonly Process _process;
    private bool _isGone;

    private Mosquitto(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>Skips the test where the broker is missing.</summary>
    public static void Require() => Assert.SkipWhen(Folder is null, "needs mosquitto, which tests/mosquitto.sh takes from Debian's packages");

    /// <summary>Writes a file of users and passwords, as the broker reads it.</summary>
    public static void WritePasswords(string file, params (string User, string Password)[] users)
    {
        File.WriteAllText(file, "");
        foreach ((string user, string password) in users)
        {
            (int code, string said) = Script.Run(
                Path.Combine(Folder!, "bin", "mosquitto_passwd"), ["-b", file, user, password], ("LD_LIBRARY_PATH", Libraries()));
            Assert.True(code == 0, said);
        }
    }

    /// <summary>Starts the broker and waits until it listens.</summary>
    /// <param name="folder">Where its configuration is written.</param>
    /// <param name="settings">Lines of the configuration after the listener.</param>
    public static async Task<Mosquitto> StartAsync(TempFolder folder, params string[] settings)
    {
        int port = FreePort();
        string file = folder.Write("mosquitto.conf", string.Join('\n', [$"listener {port} 127.0.0.1", "user root", "persistence false",
            "log_dest stderr", .. settings, ""]));
        ProcessStartInfo start = new(Path.Combine(Folder!, "sbin", "mosquitto"), ["-c", file]) { RedirectStandardError = true };
        start.Environment["LD_LIBRARY_PATH"] = Libraries();
        Mosquitto broker = new(Process.Start(start)!, port);
        List<string> said = [];
        while (await broker._process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            said.Add(line);
            if (line.EndsWith(" running", StringComparison.Ordinal))
            {
                // Otherwise the pipe fills up and the broker waits.
                _ = broker._process.StandardError.ReadToEndAsync(CancellationToken.None);
                return broker;
            }
        }

        await broker.DisposeAsync();
        throw new InvalidOperationException(string.Join('\n', said));
    }

    public async ValueTask DisposeAsync()
    {
        if (_isGone)
            return;
        _isGone = true;
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    private static string Libraries() => string.Join(':', Directory.Exists(Unpacked)
        ? Directory.EnumerateDirectories(Unpacked, "*-linux-gnu*", SearchOption.AllDirectories) : []);

    private static int FreePort()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
