using DoorAgent.Faces;

namespace DoorAgent.Liveness;

/// <summary>A face from the front, with which its turned views are compared.</summary>
/// <param name="points">The landmarks.</param>
internal sealed class FrontalView(Landmarks points)
{
    private readonly float _turn = FacePose.Of(points).Turn;

    /// <summary>Returns the view with the median turn.</summary>
    /// <param name="frontal">The landmarks of at least one frontal frame.</param>
    public static FrontalView MedianOf(IEnumerable<Landmarks> frontal)
    {
        Landmarks[] ordered = [.. frontal.OrderBy(view => FacePose.Of(view).Turn)];
        return new FrontalView(ordered[ordered.Length / 2]);
    }

    /// <summary>Returns how much further another view is turned to a side, in half eye distances (<see cref="FacePose.Turn"/>); negative
    /// for the other side, not finite for points that cannot belong to a face.</summary>
    public float TurnOf(Landmarks view, TurnDirection towards)
    {
        float turned = FacePose.Of(view).Turn - _turn;
        return towards == TurnDirection.Left ? turned : -turned;
    }

    /// <summary>Returns the residual of <see cref="AffineMisfit"/>, in eye distances of the other view.</summary>
    public float MisfitOf(Landmarks view) => AffineMisfit.Of(points, view);
}
