using DoorAgent.Diagnostics.Installation;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Diagnostics.Installation;

public sealed class InstalledPackageTests : IDisposable
{
    private const string Library = "usr/lib/dooragent/dooragent.dll", Unit = "usr/lib/systemd/system/dooragent.service";

    private readonly SmallPackage _package = new();

    public void Dispose() => _package.Dispose();

    [Fact]
    public void APackageAsItWasInstalledHasNoFlaw() => Assert.Empty(Flaws());

    [Fact]
    public void ThePackedListIsOneThatSha256SumAccepts()
    {
        (int code, string said) = Script.Run("bash",
            ["-c", $"cd '{_package.Root}' && sha256sum --check --strict --quiet {PackageList.Place}"]);
        Assert.Equal((0, ""), (code, said));
        Assert.Equal("dooragent 1.0 all", new InstalledPackage(_package.Root, 0).ReadList().Package);
    }

    [Fact]
    public void TheSameFilesAreTheSamePackageWhateverTheirTimesModesAndOrderAre()
    {
        (byte[] second, byte[] first) = _package.PackedAgain();
        Assert.Equal(first, second);
    }

    [Fact]
    public void AMissingFileAndAMissingLinkAreNamed()
    {
        File.Delete(_package[Library]);
        File.Delete(_package["usr/bin/dooragent"]);
        Assert.Equal([(FlawKind.Missing, "/usr/bin/dooragent"), (FlawKind.Missing, '/' + Library)], Found());
    }

    [Fact]
    public void AChangedFileIsNamed()
    {
        File.AppendAllText(_package[Unit], "ExecStartPost=/tmp/x\n");
        Assert.Equal([(FlawKind.Changed, '/' + Unit)], Found());
    }

    [Fact]
    public void AChangeThatKeepsSizeAndTimeIsNamed()
    {
        DateTime before = File.GetLastWriteTimeUtc(_package[Library]);
        File.WriteAllText(_package[Library], "lIbrary");
        File.SetLastWriteTimeUtc(_package[Library], before);
        Assert.Equal([(FlawKind.Changed, '/' + Library)], Found());
    }

    [Fact]
    public void AFileThatBecameALinkIsNamedThoughTheContentIsTheSame()
    {
        File.Move(_package[Library], _package["elsewhere.dll"]);
        File.CreateSymbolicLink(_package[Library], "../../../elsewhere.dll");
        Assert.Equal([(FlawKind.Changed, '/' + Library)], Found());
    }

    [Fact]
    public void ADirectoryThatBecameALinkIsNamed()
    {
        Directory.Move(_package["usr/lib/dooragent/builtin"], _package["elsewhere"]);
        File.CreateSymbolicLink(_package["usr/lib/dooragent/builtin"], "../../../elsewhere");
        Assert.Contains((FlawKind.Changed, "/usr/lib/dooragent/builtin"), Found());
    }

    [Fact]
    public void ALinkToAnotherProgramIsNamed()
    {
        File.Delete(_package["usr/bin/dooragent"]);
        File.CreateSymbolicLink(_package["usr/bin/dooragent"], "/tmp/other");
        InstallationFlaw flaw = Assert.Single(Flaws());
        Assert.Equal((FlawKind.Changed, "is a link to /tmp/other, not a link to ../lib/dooragent/dooragent"), (flaw.Kind, flaw.What));
    }

    [Fact]
    public void AnotherFileBesideTheProgramIsNamedAlsoWhenItIsALink()
    {
        _package.Write("usr/lib/dooragent/Extra.dll", "x");
        File.CreateSymbolicLink(_package["usr/lib/dooragent/fr"], "/tmp");
        _package.Write("usr/share/dooragent/more.json", "x");
        Assert.Equal([(FlawKind.Extra, "/usr/lib/dooragent/Extra.dll"), (FlawKind.Extra, "/usr/lib/dooragent/fr"),
            (FlawKind.Extra, "/usr/share/dooragent/more.json")], Found());
    }

    [Fact]
    public void EachFileOfAnotherUserIsNamed()
    {
        PackageList list = new InstalledPackage(_package.Root, 0).ReadList();
        IReadOnlyList<InstallationFlaw> flaws =
            new InstalledPackage(_package.Root, SmallPackage.Owner + 1).Compare(list, withContents: true);
        Assert.All(list.Files.Keys, path => Assert.Contains(flaws, flaw => flaw.Kind == FlawKind.Owner && flaw.Path == '/' + path));
        Assert.Contains(flaws, flaw => flaw.Path == "/usr/lib/dooragent");
    }

    [Theory]
    [InlineData(Library, 0x1B6)] // 0666
    [InlineData(Library, 0x1ED)] // 0755
    [InlineData("usr/lib/dooragent/dooragent", 0x9ED)] // 04755
    [InlineData("usr/lib/dooragent/dooragent", 0x1A4)] // 0644: not executable
    [InlineData("usr/lib/dooragent", 0x1FD)] // 0775
    [InlineData("usr/share/dooragent/manifest.sha256", 0x1B6)]
    public void AModeThatAllowsMoreThanThePackageDoesIsNamed(string path, int mode)
    {
        File.SetUnixFileMode(_package[path], (UnixFileMode)mode);
        Assert.Equal([(FlawKind.Mode, '/' + path)], Found());
    }

    [Fact]
    public void AModeThatAllowsLessIsNoFlaw()
    {
        File.SetUnixFileMode(_package[Unit], UnixFileMode.UserRead);
        Assert.Empty(Flaws());
    }

    [Theory]
    [InlineData("etc/systemd/system/dooragent.service")]
    [InlineData("run/systemd/system/dooragent.service")]
    [InlineData("usr/local/lib/systemd/system/dooragent.service")]
    [InlineData("etc/systemd/system.control/dooragent.service")]
    [InlineData("etc/udev/rules.d/60-dooragent.rules")]
    [InlineData("usr/local/bin/dooragent")]
    public void AFileThatHidesOneOfThePackageIsNamed(string path)
    {
        _package.Write(path, "other");
        Assert.Equal([(FlawKind.Replaced, '/' + path)], Found());
    }

    [Fact]
    public void AMaskedUnitIsNamed()
    {
        Directory.CreateDirectory(_package["etc/systemd/system"]);
        File.CreateSymbolicLink(_package["etc/systemd/system/dooragent.service"], "/dev/null");
        Assert.Equal([(FlawKind.Replaced, "/etc/systemd/system/dooragent.service")], Found());
    }

    [Fact]
    public void ADropInIsNoFlawAndIsNamed()
    {
        _package.Write("etc/systemd/system/dooragent.service.d/network-camera.conf", "[Service]\n");
        _package.Write("etc/systemd/system/service.d/all.conf", "[Service]\n");
        Assert.Empty(Flaws());
        Assert.Equal(["/etc/systemd/system/dooragent.service.d/network-camera.conf", "/etc/systemd/system/service.d/all.conf"],
            new UnitFiles(_package.Root).DropIns());
    }

    [Fact]
    public void DocumentsMayBeLeftOutButNotChanged()
    {
        InstalledPackage package = new(_package.Root, SmallPackage.Owner);
        File.AppendAllText(_package["usr/share/doc/dooragent/README.md"], "more");
        Assert.Equal([(FlawKind.Changed, "/usr/share/doc/dooragent/README.md")], Found());
        Directory.Delete(_package["usr/share/doc"], recursive: true);
        Assert.Empty(Flaws());
        Assert.Equal(1, package.DocumentsLeftOut(package.ReadList()));
    }

    [Fact]
    public void WithoutContentsOnlyDigestsAreLeftOut()
    {
        File.AppendAllText(_package[Unit], "more");
        File.Delete(_package[Library]);
        InstalledPackage package = new(_package.Root, SmallPackage.Owner);
        Assert.Equal(FlawKind.Missing, Assert.Single(package.Compare(package.ReadList(), withContents: false)).Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# dooragent 1.0 all: no file\n")]
    [InlineData("# dooragent 1.0 all: x\nabc  usr/lib/x\n")]
    [InlineData("# dooragent 1.0 all: x\n0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef  ../etc/shadow\n")]
    [InlineData("# dooragent 1.0 all: x\n0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef  /etc/shadow\n")]
    [InlineData("# dooragent 1.0 all: x\n# link usr/bin/x\n0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef  a\n")]
    public void ADamagedListIsRefused(string text)
    {
        _package.Write(PackageList.Place, text);
        Assert.Contains("is damaged", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAListTheCommandSaysThatNoPackageIsInstalled()
    {
        File.Delete(_package[PackageList.Place]);
        Assert.Contains("not installed as a package", Refusal(), StringComparison.Ordinal);
    }

    private string Refusal() =>
        Assert.Throws<UserErrorException>(() => new InstalledPackage(_package.Root, SmallPackage.Owner).ReadList()).Message;

    private IEnumerable<(FlawKind Kind, string Path)> Found() => Flaws().Select(flaw => (flaw.Kind, flaw.Path));

    private IReadOnlyList<InstallationFlaw> Flaws()
    {
        InstalledPackage package = new(_package.Root, SmallPackage.Owner);
        return package.Compare(package.ReadList(), withContents: true);
    }
}
