using DoorAgent.Tests.Support;

namespace DoorAgent.Tests;

public sealed class QuickstartTests
{
    [Fact]
    public void OnlyTheRequestedPartIsBuilt()
    {
        string script = File.ReadAllText(Path.Combine(Repository.Root, "deploy", "quickstart.sh"));
        Assert.Contains("\nbuild src/DoorAgent\n", script, StringComparison.Ordinal);
        Assert.DoesNotContain(".sln", script, StringComparison.Ordinal);
    }

    [Fact]
    public void AFullDiskIsNamedBeforeTheBuild()
    {
        (int code, string said) = Script.Run("bash", ["-c", ". deploy/prerequisites.sh; need_space 1; need_space 999999999"]);
        Assert.Equal(3, code);
        Assert.Matches(@"^The disk of .* has \d+ MB left\. The build takes 999999999 MB", said);
    }

    [Slow]
    [Fact]
    public void ALongCommandReportsProgressAndItsExitCodeIsKept()
    {
        (int code, string said) = Script.Run("bash", ["-c", """
            set -euo pipefail
            . deploy/prerequisites.sh
            goes_on_every=0.05
            heard=$(mktemp -u)
            mkfifo "$heard"
            trap 'rm "$heard"' EXIT
            # The command ends when a line of progress has been printed.
            HEARD=$heard goes_on compiling bash -c 'while IFS= read -r line; do [[ $line != "  "* ]] || exit 3; done <"$HEARD"' | tee "$heard"
            """]);
        Assert.Equal(3, code);
        Assert.Contains("+ bash -c", said, StringComparison.Ordinal);
        // Bash counts whole seconds, and the count may change during the test.
        Assert.Matches(@"(?m)^  compiling goes on, \d+ s so far$", said);
    }
}
