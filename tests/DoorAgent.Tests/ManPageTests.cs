using DoorAgent.Commands;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests;

public sealed class ManPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "debian", "dooragent.8"))
        .Replace("\\", "", StringComparison.Ordinal);

    [Theory]
    [InlineData("/etc/dooragent/dooragent.json")]
    [InlineData("/var/lib/dooragent/gallery.db")]
    [InlineData("/var/lib/dooragent/journal.db")]
    [InlineData("/var/lib/dooragent/pictures")]
    [InlineData("/var/lib/dooragent/models")]
    [InlineData("/var/lib/dooragent/operator.sock")]
    [InlineData("/var/log/dooragent")]
    [InlineData("/usr/lib/systemd/system/dooragent.service")]
    [InlineData("/usr/lib/udev/rules.d/60-dooragent.rules")]
    [InlineData("/usr/lib/sysusers.d/dooragent.conf")]
    [InlineData("/usr/share/bash-completion/completions/dooragent")]
    public void EachFileOfThePackageAndOfARunningDoorIsListed(string file) =>
        Assert.Contains($".I {file}\n", Page, StringComparison.Ordinal);

    [Fact]
    public void EachVerbIsListed() =>
        Assert.All(Root.Create().Subcommands, verb => Assert.Contains($".TP\n.B {verb.Name}\n", Page, StringComparison.Ordinal));

    [Fact]
    public void TheGuideIsInThePackage() => Assert.Contains(
        "bash deploy/documents.sh \"$stage/usr/share/doc/dooragent\"",
        File.ReadAllText(Path.Combine(Repository.Root, "deploy", "package.sh")), StringComparison.Ordinal);
}
