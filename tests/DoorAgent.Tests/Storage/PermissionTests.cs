using DoorAgent.Storage;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Storage;

/// <summary>Tests the messages for a user without permission: they name the permission and never claim that there is nothing.</summary>
public sealed class PermissionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public PermissionTests() => File.SetUnixFileMode(_folder.Path, (UnixFileMode)0x1ED);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0u, "root")]
    [InlineData(100u, "door")]
    [InlineData(7u, "user 7")]
    public void AUserIsShownByNameIfTheNameIsKnown(uint id, string name) =>
        Assert.Equal(name, Permission.NameOf(id, ["root:x:0:0:root:/root:/bin/sh", "door:x:100:100::/:", "nonsense"]));

    [Fact]
    public void ExistingAndMissingFilesAreDistinguished()
    {
        Assert.False(Permission.Exists(_folder.File("none")));
        Assert.False(Permission.Exists(_folder.File("none/none")));
        File.WriteAllText(_folder.File("one"), "");
        Assert.True(Permission.IsReadable(_folder.File("one")));
    }

    [Slow]
    [Theory]
    [InlineData("people", "list")]
    [InlineData("people", "show", "adam")]
    [InlineData("people", "export", "/tmp/people-of-nobody.zip")]
    [InlineData("badges", "list")]
    [InlineData("people", "export", "people.zip")]
    [InlineData("people", "import", "people.zip")]
    [InlineData("camera", "snap", "picture.png")]
    [InlineData("log")]
    [InlineData("status")]
    public void AnUnreadableDirectoryIsReportedAsAMissingPermissionNotAsEmpty(params string[] verb)
    {
        string data = _folder.File("data"), networks = _folder.File("networks");
        foreach (string closed in new[] { data, networks })
            Directory.CreateDirectory(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        (int code, string said) = OtherUser.Run([.. verb, "--data", data, "--models", networks]);
        Assert.Equal(2, code);
        Assert.Contains("sudo", said, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody is enrolled", said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("nothing has happened", said, StringComparison.Ordinal);
        Assert.DoesNotContain("left behind", said, StringComparison.Ordinal);
        Assert.DoesNotContain("bug", said, StringComparison.Ordinal);
    }

    [Slow]
    [Theory]
    [InlineData("people", "import", "FOLDER/all.zip")]
    [InlineData("people", "add", "adam", "--images", "FOLDER/adam")]
    [InlineData("camera", "snap", "FOLDER/snap.png", "--set", "Hardware:Kind=simulated", "--set",
        "Hardware:Camera=PEOPLE/adam/door-1")]
    [InlineData("simulate", "FOLDER/a.door")]
    [InlineData("models", "import", "FOLDER")]
    [InlineData("config", "set", "Doors:AccessTime", "6s", "--config", "FOLDER/a.json")]
    public void AFileInAnUnreadableDirectoryIsRefusedForThePermission(params string[] verb)
    {
        string folder = _folder.File("closed");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        (int code, string said) = OtherUser.Run([.. verb.Select(word => word.Replace("FOLDER", folder, StringComparison.Ordinal)
            .Replace("PEOPLE", Places.BuiltInPeople, StringComparison.Ordinal))]);
        Assert.Equal(2, code);
        Assert.DoesNotContain("bug", said, StringComparison.Ordinal);
        Assert.Matches("may not|denied|sudo", said);
    }

    [Fact]
    public void AnExportIntoAnUnwritableDirectoryIsRefusedForThePermission()
    {
        OtherUser.SkipUnlessRoot();
        string data = _folder.File("data"), closed = _folder.File("closed");
        Directory.CreateDirectory(data);
        Directory.CreateDirectory(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using (Galleries.MadeGalleryFile made = new())
        {
            made.Add("anna", null, 0);
            File.Copy(made.Path, Path.Combine(data, "gallery.db"));
        }

        foreach (string own in new[] { data, Path.Combine(data, "gallery.db") })
            Libc.ChangeOwner(own, uint.Parse(OtherUser.Nobody, System.Globalization.CultureInfo.InvariantCulture), 0);
        (int code, string said) = OtherUser.Run(["people", "export", Path.Combine(closed, "all.zip"), "--data", data]);
        Assert.Equal(2, code);
        Assert.Contains($"the folder {closed} is not writable for this user", said, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnreadableFileIsReportedWithItsOwner()
    {
        string data = _folder.File("data"), gallery = Path.Combine(data, "gallery.db");
        Directory.CreateDirectory(data);
        using (Galleries.MadeGalleryFile made = new())
        {
            made.Add("anna", null, 0);
            File.Copy(made.Path, gallery);
        }

        File.SetUnixFileMode(gallery, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        string refusal = OtherUser.Run(["people", "list", "--data", data]).Said;
        Assert.Contains($"{gallery} may not be read by nobody: the file belongs to root", refusal, StringComparison.Ordinal);
        // A readable file in a directory that is not writable is read.
        File.SetUnixFileMode(gallery, (UnixFileMode)0x1A4);
        (int code, string said) = OtherUser.Run(["people", "list", "--data", data]);
        Assert.True(code == 0 && said.Contains("anna", StringComparison.Ordinal), said);
    }

    [Theory]
    [InlineData("gallery.db may not be read by nobody", "camera", "snap", "look.jpg")]
    [InlineData("Run the doctor as root", "doctor", "--picture", "look.jpg")]
    public void AUserWithoutRightsCannotOverwriteTheDoorsFilesWithAPicture(string said, params string[] verb)
    {
        Directory.CreateDirectory(_folder.File("data"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string camera = $"Hardware:Camera={Path.Combine(Places.BuiltInPeople, "adam")}";
        (_, string answer) = OtherUser.Run([.. verb, "--data", _folder.File("data"), "--set", camera]);
        Assert.Contains(said, answer, StringComparison.Ordinal);
        Assert.DoesNotContain("bug", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void ALinkToItselfIsReportedWithTheSystemsMessage()
    {
        File.CreateSymbolicLink(_folder.File("loop"), _folder.File("loop"));
        string refused = Assert.Throws<UserErrorException>(() => Permission.IsReadable(_folder.File("loop"))).Message;
        Assert.Equal($"{_folder.File("loop")}: Too many levels of symbolic links.", refused);
    }
}
