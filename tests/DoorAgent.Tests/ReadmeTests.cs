using DoorAgent.Auditing;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void ThePageOfEventsAgreesWithTheCode()
    {
        string[] parts = Repository.Guide("log.md").Split("<!-- events ");
        Assert.Equal(3, parts.Length);
        string page = parts[1][(parts[1].IndexOf('\n', StringComparison.Ordinal) + 1)..].Trim('\n');
        Assert.True(page == Explanation.Page().Trim('\n'),
            "log.md's page of events is not what the code says. Write it again: bash tests/write-events.sh");
    }
}
