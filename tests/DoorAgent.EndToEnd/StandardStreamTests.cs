namespace DoorAgent.EndToEnd;

/// <summary>Full, closed or broken standard streams change no result: a verb ends with its own code or names this code.</summary>
public sealed class StandardStreamTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "dooragent");

    [Slow]
    [Theory]
    [InlineData("config show --set Hardware:Kind=simulated --set Hardware:Contact=23 >/dev/full", 2,
        "the output could not be written: No space left on device. The command itself ended with 0.")]
    [InlineData("config check >/dev/full", 1, "Hardware:Kind is not set")]
    [InlineData("--help >/dev/full", 2, "The command itself ended with 0.")]
    [InlineData("run --help >/dev/full", 2, "The command itself ended with 0.")]
    [InlineData("watch --data /nowhere >/dev/full", 2, "The command itself ended with 0.")]
    [InlineData("log --explain >/dev/full", 2, "The command itself ended with 0.")]
    [InlineData("models list >/dev/full", 2, "The command itself ended with 0.")]
    [InlineData("config show --set Hardware:Kind=simulated --set Hardware:Contact=23 >&-", 0, "")]
    [InlineData("config show --set Hardware:Kind=simulated --set Hardware:Contact=23 <&- >&- 2>&-", 0, "")]
    [InlineData("nonsense 2>/dev/full", 2, "")]
    [InlineData("people show nobody --data /nowhere 2>/dev/full", 2, "")]
    [InlineData("log --explain | head -1 >/dev/null", 0, "")]
    public void AnUnwritableOutputDoesNotHideTheExitCode(string command, int code, string said)
    {
        (int ended, string error) = Shell($"set -o pipefail; '{Program}' {command}");
        Assert.True(ended == code, $"{ended}: {error}");
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.DoesNotContain("this is a bug", error, StringComparison.Ordinal);
    }

    [Slow]
    [Fact]
    public void AnEnrolmentIsKeptWhenItsOutputCannotBeWritten()
    {
        using Door door = new();
        string add = $"'{Program}' people add adam --images '{Door.Picture("adam")}' --data '{door.Data}'";
        Assert.Equal(2, Shell($"{add} >/dev/full").Code);
        Assert.Equal(0, Shell($"'{Program}' people show adam --data '{door.Data}' >/dev/null").Code);
        // When the output is closed, no file of the door takes its file descriptor.
        string more = add.Replace("people add adam", "people pictures adam", StringComparison.Ordinal)
            .Replace("/adam'", "/adam/door-1'", StringComparison.Ordinal);
        Assert.Equal(0, Shell($"{more} >&-").Code);
        Assert.Equal(0, Shell($"'{Program}' people list --data '{door.Data}' >/dev/null").Code);
    }

    private static (int Code, string Error) Shell(string command)
    {
        using System.Diagnostics.Process shell =
            System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("bash", ["-c", command])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        string error = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        return (shell.ExitCode, error);
    }
}
