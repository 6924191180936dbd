namespace DoorAgent.Liveness;

/// <summary>
/// Follows one turn of a head, frame by frame. Pure. With t the turn against the frontal view (<see cref="FrontalView.TurnOf"/>), heads
/// that turn by about 25 to 35 degrees reach 0.5 to 0.8 and a misfit of 0.26 to 0.43 eye distances; moved and tilted pictures stay at 0.15
/// and 0.081. One face is followed without a gap from the recognised person through the turn back to the recognised person, and is seen on
/// the way, so that nobody can exchange the picture meanwhile.
/// </summary>
/// <param name="Front">The frontal view.</param>
/// <param name="Asked">The direction in which the head must turn.</param>
internal sealed record HeadTurn(FrontalView Front, TurnDirection Asked)
{
    /// <summary>The least t of a turned head.</summary>
    public const float LeastTurn = 0.4f;

    /// <summary>The least misfit of a turned head, in eye distances.</summary>
    public const float LeastMisfit = 0.17f;

    /// <summary>The greatest difference of t between two views of one moved and tilted picture.</summary>
    public const float PictureTurn = 0.15f;

    /// <summary>The greatest t of a head that came back to the front.</summary>
    public const float FrontalTurn = 0.25f;

    /// <summary>Number of frames in a row in which the head must be turned.</summary>
    public const int FramesTurned = 3;

    /// <summary>The time that a person has for one turn.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(4);

    /// <summary>The least time between two frames: three in a row last at least 0.2 s, however fast the camera is.</summary>
    public static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest time between two frames of one face: one lost frame at 5 frames a second.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromMilliseconds(500);

    public TurnProgress Progress { get; private init; }

    /// <summary>Time of the last frame with a face; <see cref="TimeSpan.MinValue"/> before the first one.</summary>
    public TimeSpan LastFrame { get; private init; } = TimeSpan.MinValue;

    private Faces.FaceBox LastBox { get; init; }

    /// <summary>Number of frames in a row that show a turned head.</summary>
    private int Turned { get; init; }

    /// <summary>Number of frames in a row that show a head turned the other way.</summary>
    private int TurnedOtherwise { get; init; }

    /// <summary>The greatest t of a turned head.</summary>
    private float Furthest { get; init; }

    /// <summary>The least t, there or back, that is more than a picture reaches.</summary>
    private float OnTheWay { get; init; } = float.PositiveInfinity;

    /// <summary>Returns another turn of the same face that follows an answered one, and begins at its last frame.</summary>
    public HeadTurn Again(TurnDirection asked) => new(Front, asked)
    {
        Progress = TurnProgress.AwaitsTurn,
        LastFrame = LastFrame,
        LastBox = LastBox,
    };

    /// <summary>Whether a frame comes late enough after the last one to be looked at.</summary>
    public bool Wants(TimeSpan capturedAt) => LastFrame == TimeSpan.MinValue || capturedAt - LastFrame >= LeastInterval;

    /// <summary>Returns the turn after a frame with exactly one face that counts.</summary>
    public HeadTurn With(TurnFrame frame)
    {
        float t = Front.TurnOf(frame.Landmarks, Asked);
        bool isFrontal = Math.Abs(t) <= FrontalTurn;
        // Somebody else may stand there now.
        bool isOther = isFrontal && frame.IsPerson == false;
        HeadTurn next = (IsSameFace(frame) && !isOther ? this : Lost()) with { LastFrame = frame.CapturedAt, LastBox = frame.Box };
        if (!float.IsFinite(t))
            return next.Unseen();
        bool isPerson = isFrontal && frame.IsPerson == true;
        if (next.Progress == TurnProgress.AwaitsPerson)
            return isPerson ? next with { Progress = TurnProgress.AwaitsTurn } : next;
        next = next.Followed(t, Front.MisfitOf(frame.Landmarks) >= LeastMisfit);
        return next.Progress == TurnProgress.AwaitsReturn && isPerson ? next.Returned() : next;
    }

    /// <summary>Returns the turn after a frame whose face could not be followed: the frames in a row are counted again.</summary>
    public HeadTurn Unseen() => Turned == 0 && TurnedOtherwise == 0 ? this : this with { Turned = 0, TurnedOtherwise = 0 };

    /// <summary>Returns the turn after another face appeared: everything begins again.</summary>
    public HeadTurn Lost() => new(Front, Asked) { LastFrame = LastFrame };

    private bool IsSameFace(TurnFrame frame) =>
        LastFrame >= frame.CapturedAt - LongestGap && frame.Box.OverlapWith(LastBox) >= Faces.FaceBox.OneFaceOverlap;

    private HeadTurn Followed(float t, bool hasDepth)
    {
        HeadTurn next = this with
        {
            Turned = t >= LeastTurn && hasDepth ? Turned + 1 : 0,
            TurnedOtherwise = t <= -LeastTurn && hasDepth ? TurnedOtherwise + 1 : 0,
            Furthest = t >= LeastTurn && hasDepth ? Math.Max(Furthest, t) : Furthest,
            OnTheWay = t > PictureTurn ? Math.Min(OnTheWay, t) : OnTheWay,
        };
        return next.TurnedOtherwise >= FramesTurned ? next with { Progress = TurnProgress.WrongWay }
            : next.Turned >= FramesTurned ? next with { Progress = TurnProgress.AwaitsReturn }
            : next;
    }

    /// <summary>Returns the turn once the person is recognised from the front again. Without a frame on the way that neither a view of the
    /// front picture nor one of the turned picture explains, the pictures may have been exchanged, and everything begins again.</summary>
    private HeadTurn Returned() => OnTheWay < Furthest - PictureTurn
        ? this with { Progress = TurnProgress.Answered }
        : Lost() with { Progress = TurnProgress.AwaitsTurn, LastBox = LastBox };
}
