using DoorAgent.Liveness;
using DoorAgent.Networks;

namespace DoorAgent.Tests.Support;

/// <summary>Liveness networks whose score the test sets: the pair, each with the same answer.</summary>
internal sealed class MadeLiveness
{
    private readonly List<double> _crops = [];

    /// <summary>The score that the networks give.</summary>
    public float Score { get; set; } = 5;

    /// <summary>The mean value of the crop of each judged frame, as the first network saw it.</summary>
    public IReadOnlyList<double> Crops
    {
        get
        {
            lock (_crops)
                return [.. _crops];
        }
    }

    /// <summary>Without cues and challenge: only these networks judge, and faces of every usable width.</summary>
    public static LivenessOptions Options() =>
        new() { MinFaceWidth = 20, EdgesCue = false, MotionCue = false, Challenge = LivenessOptions.Off };

    /// <summary>The same as settings of a door.</summary>
    public static string[] Settings { get; } =
    [
        "Liveness:Mode=on", "Liveness:MinFaceWidth=20", "Liveness:EdgesCue=false", "Liveness:MotionCue=false", "Liveness:Challenge=off",
    ];

    public LivenessCheck Check(LivenessOptions? options = null) => new(new LivenessNetworks(
            (Network(Catalogue.Liveness[0], isFirst: true), Network(Catalogue.Liveness[1], isFirst: false)), third: null),
        options ?? Options());

    private LivenessNetwork Network(string id, bool isFirst)
    {
        CatalogueEntry entry = Catalogue.Embedded.Find(id, ModelTask.Liveness);
        return new LivenessNetwork(entry, new Made(this, entry, isFirst));
    }

    private sealed class Made(MadeLiveness test, CatalogueEntry entry, bool isFirst) : INetwork
    {
        private readonly float[] _input = new float[3 * entry.Input.Width * entry.Input.Height];

        public IReadOnlyList<int> InputShape => [1, 3, entry.Input.Height, entry.Input.Width];

        public Span<float> Input(int height, int width) => _input;

        public void Run(NetworkOutput read)
        {
            lock (test._crops)
            {
                if (isFirst)
                    test._crops.Add(_input.Average());
            }

            // The two other classes together weigh 1.
            float[] logits = [-MathF.Log(2), -MathF.Log(2), -MathF.Log(2)];
            logits[entry.LiveOutput] = test.Score;
            read(0, logits);
        }

        public void Dispose()
        {
        }
    }
}
