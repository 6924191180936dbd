using DoorAgent.Events;
using DoorAgent.Networks;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Running;

/// <summary>The worker with the real liveness networks, whose files change under it.</summary>
public sealed class DoorRuntimeLivenessFilesTests(EnrolledPeople people) : IClassFixture<EnrolledPeople>, IDisposable
{
    private readonly TempFolder _models = new();

    public void Dispose() => _models.Dispose();

    [Fact]
    public async Task AFileThatDisappearsIsAWarning()
    {
        foreach (string id in Catalogue.Liveness)
            Bring(id);
        await using DoorAtWork door = new(people, models: [_models.Path], settings: MadeLiveness.Settings);
        await door.PassAsync(6);
        string lost = PathOf("minifasnet-v1se");
        Assert.DoesNotContain(door.Events, e => e.Detail?.Contains(lost, StringComparison.Ordinal) == true);
        File.Delete(lost);
        await door.PassAsync(6);
        Assert.Single(door.Events, e => e.Kind == DoorEventKind.Warning
            && e.Detail!.Contains($"{lost} is gone", StringComparison.Ordinal)
            && e.Detail.Contains("weaker against pictures", StringComparison.Ordinal));
    }

    private void Bring(string id) =>
        File.CreateSymbolicLink(PathOf(id), Path.Combine(Shared.Need("models"), Catalogue.Embedded.Find(id).File));

    private string PathOf(string id) => _models.File(Catalogue.Embedded.Find(id).File);
}
