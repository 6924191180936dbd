using System.Net;
using System.Security.Cryptography.X509Certificates;
using DoorAgent.Commands.Page;
using DoorAgent.Operating;
using DoorAgent.Page;
using DoorAgent.Settings;
using DoorAgent.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DoorAgent.Tests.Page;

public sealed class PageSmallPartsTests
{
    [Theory]
    [InlineData("7", "2", 7, new[] { 3, 4 })]
    [InlineData("7", "1", 7, new[] { 3 })]
    [InlineData("8", "1", 7, new int[0])]
    [InlineData(null, "1", 7, new int[0])]
    [InlineData("7", null, 7, new int[0])]
    [InlineData("7", "0", 7, new int[0])]
    [InlineData("7", "-1", 7, new int[0])]
    [InlineData("7", "1000000", 7, new int[0])]
    [InlineData("7", "one", 7, new int[0])]
    public void OnlySocketsThatSystemdGaveToThisProcessAreUsed(string? process, string? count, int mine, int[] sockets) =>
        Assert.Equal(sockets, InheritedSockets.Of(process, count, mine));

    [Theory]
    [InlineData("192.168.1.5", true)]
    [InlineData("DOOR.local", true)]
    [InlineData("[fd00::2]", true)]
    [InlineData("fd00:0:0::2", true)]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("192.168.1.50", false)]
    [InlineData("door.local.evil.example", false)]
    [InlineData("", false)]
    public void OnlyPrintedHostsAndThisMachineAreKnown(string host, bool isKnown) =>
        Assert.Equal(isKnown, new PageHosts(["192.168.1.5", "door.local", "fd00::2"]).Knows(host));

    [Fact]
    public void TheAddressesArePrivateOnesAndTheNamesOfTheMachine() => Assert.Equal(["10.1.2.3", "172.16.0.1", "192.168.1.5", "fd00::2", "door", "door.local"],
        PageAddresses.Of([.. new[] { "10.1.2.3", "172.16.0.1", "172.32.0.1", "8.8.8.8", "127.0.0.1", "169.254.1.1", "192.168.1.5", "fd00::2", "2001:db8::1",
            "fe80::1" }.Select(IPAddress.Parse)], "door"));

    [Fact]
    public void ACertificateIsMadeOnceIsPrivateAndIsMadeAgainBeforeItIsOver()
    {
        using TempFolder folder = new();
        FakeTimeProvider time = new(TimeProvider.System.GetUtcNow());
        using X509Certificate2 made = PageCertificate.ReadOrMake(folder.Path, ["192.168.1.5", "door.local"], time);
        using X509Certificate2 read = PageCertificate.ReadOrMake(folder.Path, [], time);
        Assert.Equal(PageCertificate.DigestOf(made), PageCertificate.DigestOf(read));
        Assert.Matches("^([0-9A-F]{2}:){31}[0-9A-F]{2}$", PageCertificate.DigestOf(made));
        Assert.True(read.HasPrivateKey);
        Assert.True(read.MatchesHostname("door.local"));
        Assert.True(read.MatchesHostname("192.168.1.5"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("page.pem")));

        time.Advance(TimeSpan.FromDays(800));
        using X509Certificate2 next = PageCertificate.ReadOrMake(folder.Path, [], time);
        Assert.NotEqual(PageCertificate.DigestOf(made), PageCertificate.DigestOf(next));
    }

    [Fact]
    public void ADamagedCertificateIsNamedWithWhatToDo()
    {
        using TempFolder folder = new();
        File.WriteAllText(folder.File("page.pem"), "no certificate");
        Assert.Contains("Delete the file", Assert.Throws<UserErrorException>(
            () => PageCertificate.ReadOrMake(folder.Path, [], TimeProvider.System)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheHostsThatWerePrintedAreReadAgain()
    {
        using TempFolder folder = new();
        Assert.Empty(PageHostsFile.Read(folder.Path));
        PageHostsFile.Write(folder.Path, ["192.168.1.5", "door"]);
        Assert.Equal(["192.168.1.5", "door"], PageHostsFile.Read(folder.Path));
    }

    [Theory]
    [InlineData("Mqtt:Password", "hunter2", "(not shown)")]
    [InlineData("Webhook:SECRET", "x", "(not shown)")]
    [InlineData("Serilog:WriteTo:0:Args:apiKey", "x", "(not shown)")]
    [InlineData("Decisions:Pin", "required", "required")]
    [InlineData("Doors:AccessTime", "5 s", "5 s")]
    public void ASecretOfTheConfigurationIsNotShown(string key, string value, string shown) =>
        Assert.Equal(shown, ShownSetting.Of(new EffectiveSetting(key, value, "file")).Value);

    [Fact]
    public void TheDoctorsReportIsReadAndNothingElse()
    {
        CheckReport report = DoctorProcess.Read("""
            {"result":"warning","data":"/d","findings":[{"check":"camera","level":"warning","what":"it is dark","next":"a light"},
            {"check":"disk","level":"ok","what":"space","next":null}]}
            """)!;
        Assert.Equal("warning", report.Result);
        Assert.Equal([new CheckFinding("camera", "warning", "it is dark", "a light"), new CheckFinding("disk", "ok", "space", null)], report.Findings);
        Assert.Null(DoctorProcess.Read(""));
        Assert.Null(DoctorProcess.Read("{}"));
        Assert.Null(DoctorProcess.Read("[1]"));
    }
}
