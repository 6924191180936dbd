using DoorAgent.Settings;

namespace DoorAgent.Tests;

public sealed class BuildDateTests
{
    [Fact]
    public void TheProgramKnowsItsBuildDate() =>
        Assert.InRange(BuildInfo.Date, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), DateTimeOffset.UtcNow);
}
