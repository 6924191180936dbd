using System.Diagnostics;
using System.Globalization;

namespace DoorAgent.EndToEnd;

/// <summary>
/// An isolated network in which every address is local: each packet that a program sends to any address is counted and reaches
/// nobody. The kernel makes this network for root, and for other users where they may have namespaces.
/// </summary>
internal sealed class OwnNetwork : IDisposable
{
    private const string Make = "ip link set lo up && ip route add local default dev lo && echo ready && exec cat";

    private readonly Process? _holder;

    public OwnNetwork()
    {
        string[] entered = Environment.IsPrivilegedProcess ? [] : ["--user", "--map-root-user"];
        try
        {
            _holder = Process.Start(new ProcessStartInfo("unshare", ["--net", .. entered, "sh", "-c", Make])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            if (_holder.StandardOutput.ReadLine() != "ready")
                Missing = $"no network namespace to be had: {_holder.StandardError.ReadToEnd().Trim()}";
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            Missing = $"needs the programs unshare and nsenter (util-linux): {failure.Message}";
        }
    }

    /// <summary>Why the network could not be made; null on success.</summary>
    public string? Missing { get; }

    /// <summary>The number of packets that were sent in the network so far.</summary>
    public long Packets
    {
        get
        {
            string loopback = File.ReadLines($"/proc/{_holder!.Id}/net/dev")
                .Single(line => line.TrimStart().StartsWith("lo:", StringComparison.Ordinal));
            string[] counters = loopback.Split(':')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return long.Parse(counters[1], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The command that runs a program in the network, as the same process.</summary>
    public IReadOnlyList<string> Enter
    {
        get
        {
            string[] user = Environment.IsPrivilegedProcess ? [] : [$"--user=/proc/{_holder!.Id}/ns/user", "--preserve-credentials"];
            return ["nsenter", .. user, $"--net=/proc/{_holder!.Id}/ns/net"];
        }
    }

    public void Dispose()
    {
        // The holder ends at the end of its input, and the network ends with the holder.
        _holder?.StandardInput.Close();
        _holder?.WaitForExit();
        _holder?.Dispose();
    }
}
