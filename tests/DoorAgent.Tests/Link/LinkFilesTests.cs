using DoorAgent.Auditing;
using DoorAgent.Link;
using DoorAgent.Running;
using DoorAgent.Settings;
using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Link;

/// <summary>Tests the link's own files: positions, lock, status, secrets and settings.</summary>
public sealed class LinkFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void APositionIsReadAsItWasWrittenAndOnlyTheLinkMayReadIt()
    {
        PositionFile file = new(_folder.File("mqtt.position"));
        Assert.Null(file.Read(out string? problem));
        Assert.Null(problem);
        foreach (JournalPosition position in new[] { JournalPosition.Start, new JournalPosition(1L << 52, "0011223344556677") })
        {
            file.Write(position);
            Assert.Equal(position, file.Read(out _));
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File("mqtt.position")));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}x")]
    [InlineData("{\"sequence\":-1}")]
    [InlineData("{\"sequence\":\"five\"}")]
    public void AFileThatIsNoPositionIsAProblemAndNoPosition(string text)
    {
        PositionFile file = new(_folder.Write("mqtt.position", text));
        Assert.Null(file.Read(out string? problem));
        Assert.NotNull(problem);
    }

    [Fact]
    public void TwoLinksOnOneDoorAreRefusedInWords()
    {
        string state = _folder.File("state");
        Assert.False(LinkLock.IsHeld(state));
        using (LinkLock.Acquire(state))
        {
            Assert.True(LinkLock.IsHeld(state));
            Assert.Contains("Another link already runs", Assert.Throws<UserErrorException>(() => LinkLock.Acquire(state)).Message,
                StringComparison.Ordinal);
        }

        Assert.False(LinkLock.IsHeld(state));
        LinkLock.Acquire(state).Dispose();
    }

    [Fact]
    public void TheStatusIsReadAsItWasWritten()
    {
        DateTimeOffset now = new(2026, 3, 2, 7, 55, 0, TimeSpan.FromHours(1));
        LinkStatus status = new(now, "no door",
            [new ChannelStatus("mqtt") { Position = 7, Waiting = 2, Failure = "refused", FailedAt = now, NextTry = now.AddSeconds(3) }]);
        string path = _folder.File("status.json");
        Assert.Null(LinkStatus.Read(path));
        status.Write(path);
        Assert.True(status.IsSameAs(LinkStatus.Read(path)));
        File.WriteAllText(path, "{");
        Assert.Throws<UserErrorException>(() => LinkStatus.Read(path));
    }

    [Fact]
    public void ASecretIsACredentialOrTheFileThatASettingNames()
    {
        _folder.Write("dooragent-link.mqtt-password", "from systemd\n");
        string file = _folder.Write("password.txt", "from a file \r\n");
        LinkSecrets secrets = new(_folder.Path);
        Assert.Equal("from systemd", secrets.Read("mqtt-password", file: null));
        Assert.Equal("from a file ", secrets.Read("mqtt-password", file));
        Assert.Null(secrets.Read("mail-password", file: null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData(null)]
    public void ASecretThatIsEmptyOrMissingIsRefusedWithTheNextStepAndWithoutItsText(string? text)
    {
        string file = _folder.File("password.txt");
        if (text is not null)
            File.WriteAllText(file, text);
        Assert.Contains(file, Assert.Throws<UserErrorException>(() => new LinkSecrets(null).Read("mqtt-password", file)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ASecretOfMoreThanFourKilobytesIsRefusedAndNotPrinted()
    {
        string file = _folder.Write("password.txt", new string('s', 4097));
        Assert.DoesNotContain("ssss", Assert.Throws<UserErrorException>(() => new LinkSecrets(null).Read("mqtt-password", file)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Link:Door=Lab", "lower case letters")]
    [InlineData("Link:Door=lab/door", "lower case letters")]
    [InlineData("Link:Door=#", "lower case letters")]
    [InlineData("Link:Name=", "1 to 64 characters")]
    [InlineData("Link:Start=yesterday", "now, beginning")]
    [InlineData("Link:Dor=lab", "Link:Door")]
    public void AWrongSettingOfTheLinkIsNamed(string assignment, string expected) => Assert.Contains(expected,
        Assert.Throws<UserErrorException>(() => LinkSettings.Load(null, [assignment]).Section<LinkOptions>()).Message,
        StringComparison.Ordinal);

    [Fact]
    public void TheLinkReadsItsSettingsFromAFileOfItsOwn()
    {
        string file = _folder.Write("link.json", """{ "Link": { "Door": "lab-17", "Start": "beginning" } }""");
        LoadedSettings settings = LinkSettings.Load(file, ["Link:Name=Lab door"]);
        LinkOptions options = settings.Section<LinkOptions>();
        Assert.Equal(("lab-17", "Lab door", LinkStart.Beginning), (options.Door, options.Name, options.Start));
        Assert.Equal("dooragent-link", SettingsPlace.GroupOf("/etc/dooragent/link.json"));
        Assert.Equal("dooragent", SettingsPlace.GroupOf("/etc/dooragent/dooragent.json"));
    }

    [Fact]
    public void TheLinksFilesAreBesideADoorOfAnotherDirectoryAndOutsideOfTheSystemsOne()
    {
        Assert.Equal("/srv/door/link/mqtt.position", LinkPlaces.Of(new Places("/srv/door", [])).PositionFile("mqtt"));
        LinkPlaces system = LinkPlaces.Of(new Places("/var/lib/dooragent", []));
        Assert.Equal(("/var/lib/dooragent-link", "/run/dooragent-link/status.json"), (system.State, system.StatusFile));
    }
}
