using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Commands.Door;

[Collection(nameof(WholeConsole))]
public sealed class ModeCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("'lock' is not a mode", "lock")]
    [InlineData("Did you mean lockdown?", "lockdwn")]
    [InlineData("unlocked needs its end", "unlocked")]
    [InlineData("unlocked needs its end", "unlocked", "--for", "2h", "--until", "18:00")]
    [InlineData("at most 12h", "unlocked", "--for", "13h")]
    [InlineData("at most 12h", "unlocked", "--for", "0s")]
    [InlineData("at most 12h", "unlocked", "--for", "2")]
    [InlineData("such as 18:00", "unlocked", "--until", "25:00")]
    [InlineData("such as 18:00", "unlocked", "--until", "6 pm")]
    [InlineData("belong to unlocked", "lockdown", "--for", "2h")]
    [InlineData("belong to unlocked", "--until", "18:00")]
    [InlineData("--json shows the mode", "normal", "--json")]
    public async Task WhatMakesNoSenseIsRefusedWithTheReason(string refusal, params string[] arguments) =>
        await WholeConsole.SaysAsync(2, refusal, ["mode", .. arguments, "--data", _folder.Path]);

    [Theory]
    [InlineData]
    [InlineData("--json")]
    [InlineData("normal")]
    [InlineData("lockdown")]
    [InlineData("unlocked", "--for", "90min")]
    [InlineData("unlocked", "--until", "18:00")]
    public async Task WithoutARunningDoorTheCommandSaysSo(params string[] arguments) =>
        await WholeConsole.SaysAsync(2, "No door runs", ["mode", .. arguments, "--data", _folder.Path]);
}
