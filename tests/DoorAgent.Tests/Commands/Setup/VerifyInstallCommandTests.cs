using System.Text.Json;
using DoorAgent.Diagnostics.Installation;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Setup;

[Collection(nameof(WholeConsole))]
public sealed class VerifyInstallCommandTests : IDisposable
{
    private readonly SmallPackage _package = new();

    public void Dispose() => _package.Dispose();

    [Fact]
    public async Task ProgramsReceiveEachFlawWithItsKindAndCodeOne()
    {
        _package.Write("usr/lib/dooragent/Extra.dll", "x");
        using WholeConsole console = new();
        Assert.Equal(1, await Program.Main(["verify-install", "--root", _package.Root, "--json"]));
        using JsonDocument report = JsonDocument.Parse(console.Out);
        Assert.False(report.RootElement.GetProperty("good").GetBoolean());
        Assert.Equal("none", report.RootElement.GetProperty("signature").GetString());
        Assert.Contains(report.RootElement.GetProperty("flaws").EnumerateArray(), flaw => flaw.GetProperty("kind").GetString() == "extra"
            && flaw.GetProperty("path").GetString() == "/usr/lib/dooragent/Extra.dll");
    }

    [Fact]
    public async Task PeopleReadWhatIsWrongWhatToDoAndWhatItCannotShow()
    {
        File.AppendAllText(_package["usr/lib/dooragent/dooragent.dll"], "x");
        using WholeConsole console = new();
        Assert.Equal(1, await Program.Main(["verify-install", "--root", _package.Root]));
        Assert.Contains("CHANGED: /usr/lib/dooragent/dooragent.dll has another content", console.Out, StringComparison.Ordinal);
        Assert.Contains("apt install --reinstall", console.Out, StringComparison.Ordinal);
        Assert.Contains("somebody who is root", console.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AGoodPackageOfRootEndsWithZero()
    {
        Assert.SkipUnless(Libc.IsRoot, "Only root can own the files as a package's are.");
        using WholeConsole console = new();
        Assert.Equal(0, await Program.Main(["verify-install", "--root", _package.Root]));
        Assert.Contains("Every file is as in the list.", console.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAPackageTheCommandEndsWithTwo()
    {
        File.Delete(_package[PackageList.Place]);
        using WholeConsole console = new();
        Assert.Equal(2, await Program.Main(["verify-install", "--root", _package.Root]));
        Assert.Contains("not installed as a package", console.Error, StringComparison.Ordinal);
    }
}
