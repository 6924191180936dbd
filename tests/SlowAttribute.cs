using Xunit.v3;

namespace DoorAgent.Tests;

/// <summary>
/// A test that takes over a second: <c>bash tests/run.sh --quick</c> leaves it out, and <c>.ci/run</c> runs it. The closing lines of
/// tests/run.sh name the tests that take over two seconds without this attribute.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class SlowAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Speed", "Slow")];
}
