using DoorAgent.Faces;
using DoorAgent.Hardware.Cameras;
using DoorAgent.Liveness;

namespace DoorAgent.Simulation;

/// <summary>
/// The scene in front of the simulated camera, which determines every frame: the same frames in every run. Times are those of the scenario.
/// One thread at a time.
/// </summary>
/// <param name="read">Reads a picture file into a frame; see <see cref="PictureGlob"/> for the files.</param>
/// <param name="seed">Seed of the noise.</param>
internal sealed class CameraScene(Action<string, Frame> read, ulong seed)
{
    private const decimal WallNoise = 2;
    private const decimal PresentedNoise = 2.5m;

    /// <summary>Longer side of a picture, in pixels, above which it is halved before it is drawn smaller.</summary>
    private const int LargestPresented = 1024;

    private static readonly ShowPictures Nobody = new("", ShowPictures.DefaultRate, LoopMode.Loop, Noise: 0);

    private readonly Dictionary<string, Frame> _pictures = new(StringComparer.Ordinal);
    private readonly Frame _last = new();
    private readonly SensorNoise _wallNoise = new(WallNoise, seed);
    private IReadOnlyList<string> _files = [];
    private IReadOnlyList<string> _filesBeside = [];
    private ShowPictures _shown = Nobody;
    private CameraView? _view = CameraView.None;
    private SensorNoise? _noise;
    private PresentedScene? _presented;
    private TimeSpan _since;
    private long _count;

    /// <summary>Time between two frames.</summary>
    public TimeSpan Period => TimeSpan.FromTicks((long)(TimeSpan.TicksPerSecond / _shown.Rate));

    /// <summary>Shows pictures from now on.</summary>
    /// <param name="pictures">Rate, mode and noise.</param>
    /// <param name="files">Files of the glob, at least one.</param>
    /// <param name="beside">Files of the second glob; empty without one.</param>
    /// <param name="now">Time of the first picture.</param>
    public void Show(ShowPictures pictures, IReadOnlyList<string> files, IReadOnlyList<string> beside, TimeSpan now)
    {
        (_shown, _files, _filesBeside, _since, _view, _presented) = (pictures, files, beside, now, null, null);
        _noise = pictures.Noise > 0 ? new SensorNoise(pictures.Noise, seed) : null;
        _pictures.Clear();
    }

    /// <summary>Shows a presentation from now on, drawn with 640 x 480 pixels.</summary>
    /// <param name="presentation">How the pictures are presented, and the rate.</param>
    /// <param name="files">Files of the glob, at least one.</param>
    /// <param name="find">Finds the main face of a picture; null where there is none. Called before this method returns.</param>
    /// <param name="now">Time of the first frame.</param>
    /// <exception cref="UserErrorException">A living person is presented, but no face was found in the picture.</exception>
    public void Show(ShowPresentation presentation, IReadOnlyList<string> files, Func<Frame, Face?> find, TimeSpan now)
    {
        Frame[] pictures = [.. files.Take(presentation.As == Presentation.Replay ? files.Count : 1).Select(Reduced)];
        Face? face = PresentedScene.NeedsFace(presentation.As) ? find(pictures[0]) : null;
        PresentedScene scene = new(presentation.As, pictures, face, seed);
        Show(new ShowPictures("", presentation.Rate, LoopMode.Loop, PresentedNoise), files, [], now);
        _presented = scene;
    }

    /// <summary>The lights begin to ask for a turn of the head; a living person who is presented reacts.</summary>
    public void Ask(TurnDirection asked, TimeSpan now) => _presented?.Ask(asked, now - _since);

    /// <summary>Shows no people, or fails, from now on.</summary>
    public void Show(CameraView view)
    {
        _view = view;
        if (view == CameraView.None)
            (_shown, _files, _filesBeside, _noise, _presented) = (Nobody, [], [], null, null);
    }

    /// <summary>Paints a frame that is captured now, and sets its time and number.</summary>
    /// <returns><see cref="CaptureStatus.Lost"/> while unplugged; the frame is then unchanged.</returns>
    /// <exception cref="UserErrorException">A picture cannot be read.</exception>
    public CaptureStatus Capture(Frame frame, TimeSpan now)
    {
        if (_view == CameraView.Unplugged)
            return CaptureStatus.Lost;
        if (_view == CameraView.Frozen && _count > 0)
            frame.CopyFrom(_last);
        else
            Paint(frame, now);
        (frame.CapturedAt, frame.Sequence) = (now, ++_count);
        _last.CopyFrom(frame);
        return CaptureStatus.Captured;
    }

    /// <summary>Returns the index of the picture that is shown at a time after the first; null after the last.</summary>
    public static int? IndexAt(TimeSpan since, int count, ShowPictures pictures)
    {
        // Half a microsecond of tolerance: a frame due at k periods, rounded down to ticks, is frame k and not the one before.
        long index = (long)((since.Ticks + 5) * pictures.Rate / TimeSpan.TicksPerSecond);
        return pictures.Mode switch
        {
            LoopMode.Loop => (int)(index % count),
            LoopMode.Hold => (int)Math.Min(index, count - 1),
            _ => index < count ? (int)index : null,
        };
    }

    private void Paint(Frame frame, TimeSpan now)
    {
        TimeSpan since = now - _since;
        int? index = _files.Count == 0 ? null : IndexAt(since, _files.Count, _shown);
        if (index is not { } shown)
            FramePainting.PaintWall(frame, _last.Width > 0 ? _last.Width : 320, _last.Height > 0 ? _last.Height : 240);
        else if (_presented is { } presented)
            presented.Paint(frame, since, shown);
        else if (_filesBeside.Count == 0 || IndexAt(since, _filesBeside.Count, _shown) is not { } other)
            frame.CopyFrom(Picture(_files[shown]));
        else
            FramePainting.PaintSideBySide(Picture(_files[shown]), Picture(_filesBeside[other]), frame);
        if (_view == CameraView.Dark)
            FramePainting.Darken(frame);
        // A wall always has sensor noise: an empty doorway is not a frozen camera.
        (index is null ? _wallNoise : _noise)?.AddTo(frame.Pixels, _count + 1);
    }

    private Frame Reduced(string file)
    {
        Frame picture = new();
        read(file, picture);
        while (Math.Max(picture.Width, picture.Height) > LargestPresented && Math.Min(picture.Width, picture.Height) >= 2)
        {
            Frame half = new();
            FrameHalver.Halve(picture, half);
            picture = half;
        }

        return picture;
    }

    private Frame Picture(string file)
    {
        if (_pictures.TryGetValue(file, out Frame? picture))
            return picture;
        picture = new Frame();
        read(file, picture);
        _pictures[file] = picture;
        return picture;
    }
}
