using System.Text;
using DoorAgent.Networks;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests;

/// <summary>
/// Runs the package's scripts as dpkg does for another root (DPKG_ROOT), with programs that only record their arguments. Not parallel,
/// since a program that another test starts could briefly have such a file open for writing, and the system does not run such a file.
/// </summary>
[CollectionDefinition(nameof(MaintainerScriptTests), DisableParallelization = true)]
[Collection(nameof(MaintainerScriptTests))]
public sealed class MaintainerScriptTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public MaintainerScriptTests()
    {
        foreach (string place in new[] { "run/systemd/system", "etc/dooragent",
            "var/lib/dooragent", "var/lib/dooragent-anchor", "var/lib/dooragent-link", "var/log/dooragent",
            "etc/credstore", "etc/credstore.encrypted" })
            Directory.CreateDirectory(InRoot(place));
        Directory.CreateDirectory(_folder.File("bin"));
        foreach (string program in new[] { "systemctl", "systemd-sysusers", "udevadm", "install", "userdel", "groupdel", "getent" })
            Stub(program, 0);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("postinst", "configure", "")]
    [InlineData("postinst", "configure", "0.0.9")]
    [InlineData("postinst", "abort-upgrade", "0.2.0")]
    [InlineData("postinst", "abort-remove", "")]
    [InlineData("postinst", "abort-deconfigure", "in-favour")]
    [InlineData("prerm", "upgrade", "0.2.0")]
    [InlineData("prerm", "remove", "")]
    [InlineData("prerm", "failed-upgrade", "0.0.9")]
    [InlineData("postrm", "remove", "")]
    [InlineData("postrm", "upgrade", "0.2.0")]
    [InlineData("postrm", "purge", "")]
    [InlineData("postrm", "abort-install", "")]
    public void AnUnresponsiveSystemdDoesNotLeaveAHalfInstalledPackage(string script, string action, string version)
    {
        foreach (string program in new[] { "systemctl", "udevadm", "userdel", "groupdel" })
            Stub(program, 1);
        (int code, string said) = Run(script, action, version);
        Assert.Equal(0, code);
        Assert.Contains("systemctl", said, StringComparison.Ordinal);
    }

    [Fact]
    public void AnInstallThatCannotCreateTheUserFails()
    {
        Stub("systemd-sysusers", 1);
        Assert.NotEqual(0, Run("postinst", "configure", "").Code);
    }

    [Theory]
    [InlineData("configure", "0.0.9", true)]
    [InlineData("abort-upgrade", "0.2.0", true)]
    [InlineData("abort-remove", "", true)]
    [InlineData("triggered", "", false)]
    public void AnEnabledDoorRunsAfterAnUpgradeAndAfterAnInterruptedOne(string action, string version, bool starts) =>
        Assert.Equal(starts, Run("postinst", action, version).Said.Contains("systemctl start dooragent.service", StringComparison.Ordinal));

    [Fact]
    public void AnUpgradeKeepsTheConfiguration()
    {
        File.WriteAllText(InRoot("etc/dooragent/dooragent.json"), "{}");
        string said = Run("postinst", "configure", "0.0.9").Said;
        Assert.DoesNotContain("install -D -m 0640", said, StringComparison.Ordinal);
    }

    // A door with a configuration from before 0.2.0 might be refused by its next start.
    [Theory]
    [InlineData("configure", "0.1.0", true)]
    [InlineData("configure", "0.2.0~rc1", true)]
    [InlineData("configure", "0.2.0", false)]
    [InlineData("configure", "0.10.0", false)]
    [InlineData("configure", "", false)]
    [InlineData("abort-upgrade", "0.1.0", false)]
    public void TheConfigurationOfAnEarlierVersionIsUpgradedBeforeTheDoorStarts(string action, string version, bool upgrades)
    {
        StubProgram(0);
        string said = Run("postinst", action, version).Said;
        int upgraded = said.IndexOf($"dooragent config upgrade --config={InRoot("etc/dooragent/dooragent.json")} "
            + $"--data={InRoot("var/lib/dooragent")}", StringComparison.Ordinal);
        Assert.Equal(upgrades, upgraded >= 0);
        if (action != "configure" || version.Length > 0)
            Assert.True(upgraded < said.IndexOf("systemctl start dooragent.service", StringComparison.Ordinal), said);
    }

    [Fact]
    public void TheNetworksThatThePackageKeepsAreThoseThatTheCatalogueKnows() => Assert.Equal(
        Catalogue.Embedded.Entries.Where(entry => entry.Formerly is not null)
            .Select(entry => $"{entry.Formerly}.onnx {entry.Sha256} {entry.File}").Order(StringComparer.Ordinal),
        Kept(File.ReadAllText(Preinst)).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("upgrade", true, true)]
    [InlineData("upgrade", false, false)]
    [InlineData("install", true, false)]
    [InlineData("abort-upgrade", true, false)]
    public void AnUpgradeKeepsTheBuiltInNetworkThatPeopleAreEnrolledWith(string action, bool hasPeople, bool keeps)
    {
        string installed = WriteInstalled("the network of before");
        if (hasPeople)
            WritePeople();
        string kept = InRoot("var/lib/dooragent/models/door-encoder-9.onnx");
        Assert.Equal(0, RunPreinst(action, installed).Code);
        Assert.Equal(keeps, File.Exists(kept));
        if (!keeps)
            return;
        // A copy that was cut off is made again; what is there and right is left alone.
        File.WriteAllText(kept, "the netw");
        Assert.Equal(0, RunPreinst(action, installed).Code);
        Assert.Equal("the network of before", File.ReadAllText(kept));
    }

    [Fact]
    public void AnUpgradeKeepsNoNetworkThatIsStillBuiltIn()
    {
        WritePeople();
        Assert.Equal(0, RunPreinst("upgrade", WriteInstalled("the network of today"), digestOf: "another").Code);
        Assert.False(Directory.Exists(InRoot("var/lib/dooragent/models")));
    }

    // The door of before goes on, rather than one that cannot read its people.
    [Fact]
    public void WhereTheNetworkCannotBeKeptNothingIsUpgraded()
    {
        WritePeople();
        string installed = WriteInstalled("the network of before");
        File.WriteAllText(InRoot("var/lib/dooragent/models"), "no folder");
        (int code, string said) = RunPreinst("upgrade", installed);
        Assert.NotEqual(0, code);
        Assert.Contains("could not be kept", said, StringComparison.Ordinal);
    }

    [Fact]
    public void TheUnitsOfTheAnchorAreEnabledAndStartedUnlessMasked()
    {
        string said = Run("postinst", "configure", "").Said;
        Assert.Contains($"install -d -m 0755 {InRoot("var/lib/dooragent-anchor")}", said, StringComparison.Ordinal);
        foreach (string unit in new[] { "dooragent-anchor.path", "dooragent-anchor.timer" })
        {
            Assert.Contains($"enable {unit}", said, StringComparison.Ordinal);
            Assert.Contains($"systemctl start {unit}", said, StringComparison.Ordinal);
        }

        Directory.CreateDirectory(InRoot("etc/systemd/system"));
        File.CreateSymbolicLink(InRoot("etc/systemd/system/dooragent-anchor.path"), "/dev/null");
        said = Run("postinst", "configure", "0.2.0").Said;
        Assert.DoesNotContain("enable dooragent-anchor.path", said, StringComparison.Ordinal);
        Assert.Contains("enable dooragent-anchor.timer", said, StringComparison.Ordinal);
        Assert.Contains("systemctl stop dooragent-anchor.path dooragent-anchor.timer", Run("prerm", "upgrade", "0.2.0").Said,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AnEnabledLinkIsStoppedForAnUpgradeAndRunsAfterIt()
    {
        Assert.Contains("systemctl stop dooragent-link.service", Run("prerm", "upgrade", "0.2.0").Said, StringComparison.Ordinal);
        Assert.Contains("systemctl start --no-block dooragent-link.service", Run("postinst", "configure", "0.2.0").Said,
            StringComparison.Ordinal);
        Assert.Contains("disable dooragent.service dooragent-link.service", Run("prerm", "remove", "").Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0.2.0")]
    public void TheKeyIsMadeBeforeTheDoorStarts(string version)
    {
        StubProgram(0);
        string said = Run("postinst", "configure", version).Said;
        int made = said.IndexOf("dooragent key create", StringComparison.Ordinal);
        Assert.InRange(made, 0, said.Length);
        Assert.True(version.Length == 0 || made < said.IndexOf("systemctl start dooragent.service", StringComparison.Ordinal), said);
    }

    // The machines that are copied from one image must not share a key.
    [Fact]
    public void AnImageThatIsBuiltGetsNoKey()
    {
        StubProgram(0);
        Directory.Delete(InRoot("run/systemd/system"));
        Assert.DoesNotContain("dooragent key", Run("postinst", "configure", "").Said, StringComparison.Ordinal);
    }

    [Fact]
    public void AFailedUpgradeOfTheConfigurationDoesNotLeaveAHalfInstalledPackage()
    {
        StubProgram(2);
        (int code, string said) = Run("postinst", "configure", "0.1.0");
        Assert.Equal(0, code);
        Assert.Contains("config upgrade", said, StringComparison.Ordinal);
        Assert.Contains("systemctl start dooragent.service", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("remove")]
    [InlineData("upgrade")]
    [InlineData("failed-upgrade")]
    public void OnlyAPurgeDeletesPersonalData(string action)
    {
        string people = WritePeople();
        Assert.Equal(0, Run("postrm", action, "").Code);
        Assert.True(File.Exists(people));
    }

    [Fact]
    public void APurgeLeavesNoPersonalDataAndNoKey()
    {
        WritePeople();
        string said = Run("postrm", "purge", "").Said;
        Assert.Equal(["dooragent", "dooragent-link", "dooragent-page"],
            said.Split('\n').Where(line => line.StartsWith("userdel --root", StringComparison.Ordinal))
                .Select(line => line.Split(' ')[^1]));
        Assert.Contains("groupdel --root", said, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(InRoot(""), "*", SearchOption.AllDirectories));
        Assert.False(Directory.Exists(InRoot("var/lib/dooragent")));
        Assert.False(Directory.Exists(InRoot("var/lib/dooragent-anchor")));
    }

    private string WritePeople()
    {
        foreach (string file in new[] { "etc/dooragent/dooragent.json", "var/log/dooragent/dooragent.jsonl",
            "etc/credstore/dooragent.osdp-key", "etc/credstore.encrypted/dooragent.osdp-key",
            "etc/credstore.encrypted/dooragent-link.mqtt-password", "var/lib/dooragent-link/mqtt.position" })
            File.WriteAllText(InRoot(file), "");
        File.WriteAllText(InRoot("var/lib/dooragent/gallery.db"), "");
        return InRoot("var/lib/dooragent/gallery.db");
    }

    private static string Preinst => Path.Combine(Repository.Root, "deploy/debian/preinst");

    /// <summary>The lines of the networks in the script.</summary>
    private static string[] Kept(string script) =>
        [.. script.Split('\n').SkipWhile(line => !line.EndsWith("<<'END'", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line != "END")];

    private string WriteInstalled(string content)
    {
        Directory.CreateDirectory(InRoot("usr/lib/dooragent/builtin/models"));
        File.WriteAllText(InRoot("usr/lib/dooragent/builtin/models/door-encoder.onnx"), content);
        return content;
    }

    /// <summary>Runs the script with one network to keep.</summary>
    private (int Code, string Said) RunPreinst(string action, string installed, string? digestOf = null)
    {
        string script = File.ReadAllText(Preinst), list = string.Concat(Kept(script).Select(line => line + "\n"));
        string one = $"door-encoder.onnx {ModelStore.Digest(Encoding.UTF8.GetBytes(digestOf ?? installed))} door-encoder-9.onnx\n";
        string changed = _folder.Write("preinst", script.Replace($"<<'END'\n{list}END\n", $"<<'END'\n{one}END\n", StringComparison.Ordinal));
        return Script.Run("sh", [changed, action, "0.2.0"], ("DPKG_ROOT", _folder.File("root")));
    }

    private string InRoot(string path) => Path.Combine(_folder.File("root"), path);

    /// <summary>Writes a program that records its arguments and exits with a code.</summary>
    private void Stub(string program, int code, string folder = "bin")
    {
        string file = _folder.Write(Path.Combine(folder, program), $"#!/bin/sh\necho \"{program} $*\"\nexit {code}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Writes a stub of our program into the other root.</summary>
    private void StubProgram(int code)
    {
        Directory.CreateDirectory(InRoot("usr/bin"));
        Stub("dooragent", code, Path.Combine("root", "usr", "bin"));
    }

    private (int Code, string Said) Run(string script, string action, string version) =>
        Script.Run("sh", [$"deploy/debian/{script}", action, version],
        ("DPKG_ROOT", _folder.File("root")), ("PATH", $"{_folder.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}"));
}
