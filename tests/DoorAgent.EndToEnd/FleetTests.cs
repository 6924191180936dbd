using System.Diagnostics;
using DoorAgent.Tests.Support;

namespace DoorAgent.EndToEnd;

/// <summary>A fleet as people run it: the commands of the office, a hub with the files that the office writes, a door and its link, each a
/// process of its own.</summary>
public sealed class FleetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dooragent-fleet-").FullName;
    private readonly Door _door = new();

    private string Office => Path.Combine(_folder, "office");

    private string OfficeData => Path.Combine(_folder, "data");

    private string Link => Path.Combine(_door.Data, "link.json");

    [Slow]
    [Fact]
    public async Task APersonOfTheOfficeEntersAtADoorUntilTheyAreRevokedAndStaysOutWithoutTheHub()
    {
        NatsServer.Require();
        int port = NatsServer.FreePort();
        string hubFiles = Path.Combine(Office, "hub");
        Ok(Daemon.Run("fleet", "init", "--test", "--hub", $"nats://127.0.0.1:{port}", "--files", hubFiles, "--store",
            Path.Combine(_folder, "store"), "--office", Office));
        await using NatsServer hub = await NatsServer.StartFileAsync(Path.Combine(hubFiles, "hub.conf"), port);
        Assert.Contains("The hub is ready", AtOffice("init"), StringComparison.Ordinal);
        AtOffice("group", "lab");
        Ok(Daemon.Run("people", "add", "adam", "--images", Door.Picture("adam"), "--badge", Door.AdamsBadge, "--data", OfficeData));

        // A new door, on which nobody is enrolled.
        using Daemon door = _door.Start();
        door.WaitFor("Started");
        Stopwatch sinceJoin = Stopwatch.StartNew();
        string request = Path.Combine(_folder, "request.txt"), answer = Path.Combine(_folder, "answer.txt");
        Ok(_door.Run("fleet", "join", "lab-3", "--to", request, "--yes"));
        AtOffice("accept", request, "--group", "lab", "--to", answer, "--yes");
        await hub.ReloadAsync();
        Ok(Daemon.Run("fleet", "join", "--answer", answer, "--yes", "--data", _door.Data));
        using Daemon link = Daemon.Start("link", "--data", _door.Data, "--config", Link);
        AtOffice("publish", "--group", "lab", "--yes", "--data", OfficeData);
        AtOffice("reached", "--group", "lab", "--wait");
        door.WaitFor("people 1");
        door.Type($"badge {Door.AdamsBadge}");
        Assert.Contains("adam with", door.WaitFor("Granted"), StringComparison.Ordinal);
        TestContext.Current.TestOutputHelper?.WriteLine($"from join to the first grant: {sinceJoin.Elapsed.TotalSeconds:0.0} s");

        Stopwatch sinceRevoke = Stopwatch.StartNew();
        AtOffice("revoke", "adam", "--wait");
        door.WaitFor("nobody is enrolled yet");
        TestContext.Current.TestOutputHelper?.WriteLine($"from revoke to the door's gallery: {sinceRevoke.Elapsed.TotalSeconds:0.0} s");
        Assert.Contains("1 of 1", AtOffice("reached", "--group", "lab", "--wait"), StringComparison.Ordinal);
        await hub.KillAsync();
        door.Type("door open");
        door.Type("door close");
        door.Type($"badge {Door.AdamsBadge}");
        door.WaitFor("Denied UnknownBadge");

        // Back after the hub was away, without anybody's help.
        await hub.StartAgainAsync();
        AtOffice("publish", "adam", "--group", "lab", "--yes", "--data", OfficeData);
        door.WaitFor("people 1");
    }

    public void Dispose()
    {
        _door.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Ok((int ExitCode, string Said) run)
    {
        Assert.True(run.ExitCode == 0, run.Said);
        return run.Said;
    }

    private string AtOffice(params string[] arguments) => Ok(Daemon.Run(["fleet", .. arguments, "--office", Office]));
}
