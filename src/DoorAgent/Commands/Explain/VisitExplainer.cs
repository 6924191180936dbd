using System.CommandLine;
using System.Security.Cryptography;
using DoorAgent.Commands.People;
using DoorAgent.Decisions;
using DoorAgent.Diagnostics.Explaining;
using DoorAgent.Encodings;
using DoorAgent.Enrolment;
using DoorAgent.Galleries;
using DoorAgent.Hardware.Badges;
using DoorAgent.Liveness;
using DoorAgent.Matching;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Running;
using DoorAgent.Schedules;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Explain;

/// <summary>Opens the door's networks, rules and a copy of its gallery, and explains visits with them.</summary>
internal sealed class VisitExplainer : IDisposable
{
    private static readonly int BadgeBytes = 16;

    private readonly DoorSettings _settings;
    private readonly Places _places;
    private readonly GalleryFile _copy;
    private readonly FacePipeline _pipeline;
    private readonly LivenessCheck _liveness;

    /// <exception cref="UserErrorException">Settings, gallery or networks cannot be used.</exception>
    public VisitExplainer(ParseResult result, Places places)
    {
        (_settings, _places) = (CommonOptions.SettingsOf(result), places);
        // A claim is made with a badge that exists in this copy only.
        _copy = GalleryFile.CopyInMemory(places.GalleryFile, TimeProvider.System);
        try
        {
            _pipeline = GalleryPipeline.Open(places, _settings.Faces, _settings.Encodings, _copy);
            _liveness = LivenessFactory.Open(places, _settings.Liveness);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Encoder => _pipeline.EncoderId;

    public string Detector => _pipeline.DetectorId;

    public LivenessStrength Strength => _liveness.Strength;

    /// <summary>Explains a visit.</summary>
    /// <param name="pictures">The pictures, oldest first, at least one.</param>
    /// <param name="interval">Time between two pictures.</param>
    /// <param name="name">The person whose badge is presented; null for none.</param>
    /// <exception cref="UserErrorException">Nobody has that name, nobody is enrolled, or a picture cannot be read.</exception>
    public VisitExplanation Explain(IReadOnlyList<VisitPicture> pictures, TimeSpan interval, string? name) =>
        Guarded(() => Explained(pictures, interval, name));

    /// <summary>Reads pictures with today's networks and gallery, without deciding on them.</summary>
    /// <exception cref="UserErrorException">A picture cannot be read.</exception>
    public IReadOnlyList<VisitFrame> Read(IReadOnlyList<VisitPicture> pictures) => Guarded(() => Replay().Read(pictures));

    /// <summary>Returns the measures of a face with their limits; empty without a face.</summary>
    public IReadOnlyList<FaceMeasure> MeasuresOf(VisitFrame frame) =>
        frame.Quality is { } quality ? FaceMeasure.Of(quality, _settings.Faces, _liveness.MinFaceWidth) : [];

    /// <summary>The names of the gallery's people.</summary>
    public Dictionary<long, string> Names => _copy.People.ToDictionary(person => person.Id, person => person.Name);

    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The picture cannot be read: {failure.Message}", failure);
        }
        catch (NetworkFaultException failure)
        {
            throw new UserErrorException($"{failure.Message} 'dooragent doctor' checks the networks.", failure);
        }
    }

    public void Dispose()
    {
        _copy.Dispose();
        _pipeline?.Dispose();
        _liveness?.Dispose();
    }

    private VisitExplanation Explained(IReadOnlyList<VisitPicture> pictures, TimeSpan interval, string? name)
    {
        AccessMode mode = _settings.Decisions.AccessMode;
        string? claimed = name is null ? null : _copy.Person(name).Name, note = null;
        if (_copy.People.Count == 0)
            throw new UserErrorException("Nobody is enrolled. Enrol with 'dooragent people add NAME --images DIR'.");
        if (claimed is null && !mode.Identifies())
        {
            string? nearest = Replay().NearestIn(pictures);
            claimed = nearest ?? _copy.People[0].Name;
            note = "This door looks at a face after a badge only (Decisions:Mode), and nobody was named: explained with the badge of "
                + (nearest is null ? $"{claimed}, since no face can be compared." : $"{claimed}, who is nearest.");
        }
        else if (claimed is not null && mode == AccessMode.FaceOnly)
        {
            note = $"This door goes by faces only (Decisions:Mode): that {claimed} was named changes nothing.";
            claimed = null;
        }

        VisitTrace trace = Replay(claimed, out Badge? badge).Play(pictures, interval, badge);
        Dictionary<long, string> names = Names;
        Func<long, string> nameOf = id => names.GetValueOrDefault(id, $"person {id}");
        VisitWords words = new(trace, claimed, _settings.Decisions, nameOf);
        return new VisitExplanation(trace, claimed, words.Answer, [.. note is null ? [] : new[] { note }, .. words.Path])
        {
            FrameLines = [.. trace.Frames.Select(frame => FrameWords.Of(frame, _settings.Decisions, nameOf))],
            Measures = MeasuresOf(trace.Deciding),
            LivenessLines = trace.Liveness is { } measured ? [.. VisitWords.LivenessLines(measured)] : [],
        };
    }

    private VisitReplay Replay(string? claimed, out Badge? badge)
    {
        badge = claimed is null ? null : Badge.OfUid(RandomNumberGenerator.GetBytes(BadgeBytes));
        if (badge is not null)
            _copy.AddBadge(claimed!, badge);
        return Replay();
    }

    private VisitReplay Replay()
    {
        Gallery gallery = Read();
        bool identifies = _settings.Decisions.AccessMode.Identifies();
        Thresholds thresholds = FacePipelineFactory.ThresholdsForCommands(_pipeline, _settings.Matching, gallery.Rule);
        LoadedNetworks networks = new(_pipeline, thresholds);
        _ = networks.ForProbes();
        FaceComparison faces = new(_settings.Matching, identifies);
        faces.Use(gallery, networks);
        AccessHours hours = AccessRules.HoursOf(_settings, _places);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        return new VisitReplay(networks, faces, new FaceMatcher(gallery, thresholds, _settings.Matching, identifies), _liveness,
            new VisitRules(_settings.Decisions, _settings.Liveness, _settings.Frames, person => hours.RefusalOf(person, now)));
    }

    private Gallery Read() => _copy.Read(EncoderIdentity.Of(_pipeline));
}

/// <summary>An explained visit.</summary>
/// <param name="Trace">The visit.</param>
/// <param name="Claimed">Name of the person whose badge was presented; null for none.</param>
/// <param name="Answer">The answer in one sentence.</param>
/// <param name="Path">The path of the decision, a sentence each.</param>
internal sealed record VisitExplanation(VisitTrace Trace, string? Claimed, string Answer, IReadOnlyList<string> Path)
{
    /// <summary>What the rules made of each picture.</summary>
    public required IReadOnlyList<string> FrameLines { get; init; }

    /// <summary>The measures of the deciding picture's face.</summary>
    public required IReadOnlyList<FaceMeasure> Measures { get; init; }

    /// <summary>The measures of the liveness check; empty where the check was not asked.</summary>
    public required IReadOnlyList<string> LivenessLines { get; init; }
}
