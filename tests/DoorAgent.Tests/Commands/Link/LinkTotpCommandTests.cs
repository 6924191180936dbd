using DoorAgent.Link;
using DoorAgent.Link.Mqtt;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Link;

[Collection(nameof(WholeConsole))]
public sealed class LinkTotpCommandTests : IDisposable
{
    private readonly TempFolder _data = new();

    private string State => Path.Combine(_data.Path, "link");

    private string Secret => File.ReadAllText(CodeSecret.FileIn(State)).Trim();

    [Fact]
    public async Task TheSecretIsMadeOnceForTheLinkAlone()
    {
        string made = await SaysAsync("otpauth://totp/DoorAgent:Lab%20door?secret=", "--set", "Link:Name=Lab door");
        string secret = Secret;

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(CodeSecret.FileIn(State)));
        Assert.Contains(secret, made, StringComparison.Ordinal);
        Assert.Contains("Codes do nothing yet: set Mqtt:Unlock", made, StringComparison.Ordinal);
        Assert.Contains(secret, await SaysAsync("otpauth://"), StringComparison.Ordinal);
        Assert.Equal(secret, CodeSecret.Print(CodeSecret.Read(null, new LinkSecrets(null), State)));
    }

    [Fact]
    public async Task AnotherSecretEndsTheOldOne()
    {
        await SaysAsync("Made a secret");
        string old = Secret;

        await SaysAsync("Made a secret", "--new");

        Assert.NotEqual(old, Secret);
    }

    [Fact]
    public async Task WithUnlockNothingIsLeftToSet() => Assert.DoesNotContain(
        "Codes do nothing yet", await SaysAsync("six digits", "--set", "Mqtt:Unlock=true"), StringComparison.Ordinal);

    [Fact]
    public async Task AFileThatIsNoSecretIsNotShownAsOne()
    {
        Directory.CreateDirectory(State);
        File.WriteAllText(CodeSecret.FileIn(State), "not a secret");

        await WholeConsole.SaysAsync(2, "link totp --new", ["link", "totp", "--data", _data.Path]);
    }

    public void Dispose() => _data.Dispose();

    private Task<string> SaysAsync(string expected, params string[] arguments) =>
        WholeConsole.SaysAsync(0, expected, ["link", "totp", .. arguments, "--data", _data.Path]);
}
