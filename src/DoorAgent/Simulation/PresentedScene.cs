using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;
using DoorAgent.Simulation.Drawing;

namespace DoorAgent.Simulation;

/// <summary>
/// Draws what a door's camera sees of a presentation, 640 x 480: each frame depends on the pictures, the time, the seed, and what the
/// lights ask. Not thread-safe.
/// </summary>
internal sealed class PresentedScene
{
    private const int Width = 640, Height = 480;

    private readonly Presentation _kind;
    private readonly Texture[] _pictures;
    private readonly HeadShape? _head;
    private readonly Corridor? _corridor;
    private readonly HeldSheet _sheet;
    private readonly HeldPhone _phone;
    private readonly LivePerson _person;
    private TurnMotion? _turn;

    /// <param name="kind">How the picture is presented.</param>
    /// <param name="pictures">The pictures, at least one; only a phone shows more than the first.</param>
    /// <param name="face">The face of the first picture; needed for a living person.</param>
    /// <param name="seed">Seed of all movement.</param>
    /// <exception cref="UserErrorException">A living person is presented, but no face was found in the picture.</exception>
    public PresentedScene(Presentation kind, IReadOnlyList<Frame> pictures, Face? face, ulong seed)
    {
        _kind = kind;
        _pictures = [.. pictures.Select(picture => new Texture(kind == Presentation.Print ? HeldSheet.Printed(picture) : picture))];
        (_sheet, _phone, _person) = (new HeldSheet(seed), new HeldPhone(seed), new LivePerson(seed));
        _corridor = kind == Presentation.Still ? null : new Corridor(Width, Height);
        if (NeedsFace(kind))
        {
            _head = face is { } found ? new HeadShape(found.Landmarks) : throw new UserErrorException(
                "No face was found in the picture. A living person is drawn from a picture with a frontal face.");
        }
    }

    /// <summary>Whether a presentation needs the face of its picture.</summary>
    public static bool NeedsFace(Presentation kind) => kind is Presentation.Live or Presentation.Turn or Presentation.WrongTurn;

    /// <summary>The lights begin to ask for a turn of the head.</summary>
    public void Ask(TurnDirection asked, TimeSpan now)
    {
        TurnDirection other = asked == TurnDirection.Left ? TurnDirection.Right : TurnDirection.Left;
        if (_kind is Presentation.Turn or Presentation.WrongTurn)
            _turn = new TurnMotion(_kind == Presentation.Turn ? asked : other, now.TotalSeconds);
    }

    /// <summary>Paints the frame of a time.</summary>
    /// <param name="frame">Receives the frame.</param>
    /// <param name="now">The time.</param>
    /// <param name="shown">Index of the picture on the screen of a phone.</param>
    public void Paint(Frame frame, TimeSpan now, int shown)
    {
        double seconds = now.TotalSeconds;
        if (_corridor is null)
        {
            Fill(frame, _pictures[0]);
            return;
        }

        _corridor.Paint(frame, seconds);
        switch (_kind)
        {
            case Presentation.Print:
                _sheet.Paint(frame, _pictures[0], seconds);
                break;
            case Presentation.Replay:
                _phone.Paint(frame, _pictures[shown], seconds);
                break;
            default:
                _person.Paint(frame, _pictures[0], _head!, _turn?.At(seconds) ?? 0, seconds);
                break;
        }
    }

    /// <summary>Enlarges a picture so that it covers the frame.</summary>
    private static void Fill(Frame frame, Texture picture)
    {
        frame.Resize(Width, Height);
        float scale = Math.Min((float)picture.Width / Width, (float)picture.Height / Height);
        float left = (picture.Width - (scale * Width)) / 2, top = (picture.Height - (scale * Height)) / 2;
        Brush.Paint(frame, Region.Whole(frame), pixel => new System.Numerics.Vector4(
            picture.At(left + (scale * (pixel.X + 0.5f)) - 0.5f, top + (scale * (pixel.Y + 0.5f)) - 0.5f), 1));
    }
}
