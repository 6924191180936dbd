using DoorAgent.Diagnostics;
using DoorAgent.Diagnostics.Checks;

namespace DoorAgent.Tests.Diagnostics.Checks;

public sealed class ModelsCheckTests : IDisposable
{
    private readonly SomeDoor _door = new();

    public void Dispose() => _door.Dispose();

    [Fact]
    public async Task TheBuiltInNetworksPassTheirProof()
    {
        IReadOnlyList<Finding> found = await _door.FindAsync<ModelsCheck>();
        found.AreAllOk();
        found.Has(FindingLevel.Ok, "door-encoder is the right file and proven");
    }

    [Fact]
    public async Task AtARealDoorTheBuiltInEncoderIsAWarning() =>
        (await _door.FindRealAsync<ModelsCheck>()).Has(FindingLevel.Warning, "meant for tests at a desk", "models import");

    [Fact]
    public async Task AMissingNetworkIsAFaultWithTheCommandThatFetchesTheNetwork() =>
        (await _door.FindAsync<ModelsCheck>("Encodings:Encoder=mobilefacenet"))
            .Has(FindingLevel.Fault, "mobilefacenet", "models pull mobilefacenet");

    [Fact]
    public async Task WithoutSettingsTheCheckIsSkipped() =>
        (await _door.FindWithAsync<ModelsCheck>(null, "bad")).Has(FindingLevel.Warning, "skipped", "Fix that first");
}
