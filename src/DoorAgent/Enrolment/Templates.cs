using System.Numerics.Tensors;
using DoorAgent.Encodings;
using DoorAgent.Matching;
using DoorAgent.Networks;

namespace DoorAgent.Enrolment;

/// <summary>A person as the door compares them, made of some of their pictures (<see cref="PersonTemplate"/>).</summary>
internal sealed class Templates
{
    private readonly TemplateKind _kind;
    private readonly float[] _vectors;
    private readonly int _dimension;

    /// <param name="pictures">Encodings as they are compared (centred where the rule is), at least one.</param>
    /// <param name="kind">How encodings become templates.</param>
    public Templates(IReadOnlyList<FaceEncoding> pictures, TemplateKind kind)
    {
        (Pictures, _kind, _dimension) = (pictures, kind, pictures[0].Dimension);
        float[] all = new float[pictures.Count * _dimension];
        foreach ((int at, FaceEncoding picture) in pictures.Index())
            picture.Vector.CopyTo(all.AsSpan(at * _dimension));
        _vectors = PersonTemplate.Of(kind, all, _dimension);
    }

    public IReadOnlyList<FaceEncoding> Pictures { get; }

    /// <summary>Number of templates.</summary>
    public int Count => _vectors.Length / _dimension;

    /// <summary>Returns the person without one picture; at least one other is needed.</summary>
    public Templates Without(int picture) => new([.. Pictures.Where((_, at) => at != picture)], _kind);

    /// <summary>Returns the distance of a face, as it is compared, to the nearest template, 0 to 2.</summary>
    public float DistanceTo(FaceEncoding probe)
    {
        float nearest = float.PositiveInfinity;
        for (int at = 0; at < _vectors.Length; at += _dimension)
            nearest = MathF.Min(nearest, TensorPrimitives.Distance(_vectors.AsSpan(at, _dimension), probe.Vector));
        return nearest;
    }
}
