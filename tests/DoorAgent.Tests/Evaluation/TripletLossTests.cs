using System.Text.Json;
using DoorAgent.Evaluation;
using DoorAgent.Tests.Support;

namespace DoorAgent.Tests.Evaluation;

public sealed class TripletLossTests
{
    [Fact]
    public void TheLossEqualsTheSeedsPrintedLoss()
    {
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllText(Shared.Need("vectors/triplet-loss.json")));
        double loss = TripletLoss.Of(Rows("anchor"), Rows("positive"), Rows("negative"));
        Assert.Equal(528.143, loss, 0.001);

        float[][] Rows(string name) => vectors.RootElement.GetProperty(name).Deserialize<float[][]>()!;
    }

    [Fact]
    public void ATripletThatIsFarEnoughApartHasNoLoss() =>
        Assert.Equal(0, TripletLoss.Of([[1, 0]], [[1, 0]], [[-1, 0]]));

    [Fact]
    public void ANegativeAtTheAnchorHasALossOfTheMarginAndThePositivesDistance() =>
        Assert.Equal(2.2, TripletLoss.Of([[1f, 0f]], [[0f, 1f]], [[1f, 0f]]), 1e-6);

    [Fact]
    public void BatchesOfDifferentLengthAreRefused() =>
        Assert.Throws<ArgumentException>(() => TripletLoss.Of([[1f]], [], []));
}
