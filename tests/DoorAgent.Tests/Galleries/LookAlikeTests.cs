using DoorAgent.Galleries;

namespace DoorAgent.Tests.Galleries;

public sealed class LookAlikeTests : IDisposable
{
    private readonly MadeGalleryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void PairsWithSimilarPicturesAreListedNearestFirst()
    {
        _file.Add("anna", null, 0, 90);
        _file.Add("bert", null, 170, 95);
        _file.Add("carla", null, 200);
        _file.Add("dan", null, 2);
        _file.Add("emma", null);
        Assert.Equal([("anna", "dan"), ("anna", "bert")],
            LookAlike.Pairs(_file.Read(), 0.1f).Select(pair => (pair.One.Name, pair.Other.Name)));
        Assert.Equal(2 * Math.Sin(Math.PI / 180), LookAlike.Pairs(_file.Read(), 0.1f)[0].Distance, 1e-4);
        Assert.Empty(LookAlike.Pairs(_file.Read(), 0.01f));
    }
}
