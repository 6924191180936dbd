using DoorAgent.Settings;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void EverySettingStandsInTheConfigurationReference()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        Assert.All(KnownKeys.All, key => Assert.Contains($"| `{key.Pattern.Replace(":*", "", StringComparison.Ordinal)}` |", readme, StringComparison.Ordinal));
    }
}
