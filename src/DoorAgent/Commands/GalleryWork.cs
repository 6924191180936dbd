using System.CommandLine;
using DoorAgent.Decisions;
using DoorAgent.Encodings;
using DoorAgent.Hardware.Badges;
using DoorAgent.Matching;
using DoorAgent.People;
using DoorAgent.Settings;

namespace DoorAgent.Commands;

/// <summary>What the verbs on the gallery share: their arguments, and opening what they work on.</summary>
internal static class GalleryWork
{
    public static Argument<string> Name() => new("NAME") { Description = "The person's name, in any case." };

    public static Argument<string> Badge() => new("BADGE")
    {
        Description = "FORMAT:FACILITY:CARD as the log names them, such as H10301:123:4567; H10302::123456789 where the format has no facility; UID:62B43423.",
    };

    public static Argument<string> BadgeOrNext() => new("BADGE")
    {
        Description = Badge().Description + " Or 'next': the next one read at the running door that belongs to nobody.",
    };

    public static Option<bool> Json() => new("--json") { Description = "One line of JSON for programs; everything else goes to the error output." };

    public static Option<double?> Distance() => new("--distance")
    {
        Description = "A raw distance (0 to 2) as threshold instead of the one worked out from Matching:Fmr and Matching:Fpir.",
    };

    public static Option<string?> Encoder() => new("--encoder")
    {
        Description = "Catalogue id of the encoder, see 'dooragent models list'. A gallery keeps to the one it was made with.",
    };

    /// <summary>Reads a badge number.</summary>
    /// <exception cref="UserErrorException">It is none.</exception>
    public static Badge ParseBadge(string text)
    {
        try
        {
            return Hardware.Badges.Badge.Parse(text);
        }
        catch (FormatException failure)
        {
            throw new UserErrorException(failure.Message, failure);
        }
    }

    /// <summary>Says which data directory the command works on.</summary>
    public static Places Told(ParseResult result, bool isJson = false)
    {
        Places places = CommonOptions.PlacesOf(result);
        (isJson ? Console.Error : Console.Out).WriteLine($"data: {places.Data}");
        return places;
    }

    /// <summary>One change of a gallery that is there, and what to say afterwards.</summary>
    /// <exception cref="UserErrorException">It could not be made.</exception>
    public static int Change(ParseResult result, Action<GalleryFile> change, string done)
    {
        using (GalleryFile gallery = GalleryFile.OpenToChange(Told(result).GalleryFile, TimeProvider.System))
            change(gallery);
        Console.WriteLine(done);
        return 0;
    }

    /// <summary>Reads a date; null for the word that takes it away.</summary>
    /// <exception cref="UserErrorException">It is neither.</exception>
    public static ValidityDate? ParseDate(string text, string without)
    {
        try
        {
            return text == without ? null : ValidityDate.Parse(text);
        }
        catch (FormatException failure)
        {
            throw new UserErrorException($"{failure.Message} '{without}' takes the date away.", failure);
        }
    }

    /// <summary>The hours that the settings know.</summary>
    public static AccessHours HoursOf(IConfiguration settings) => new(OptionsRegistration.Bind<ScheduleOptions>(settings).Schedules,
        OptionsRegistration.Bind<DecisionOptions>(settings).ZoneBy(TimeProvider.System), BuildDate.OfProgram);

    /// <summary>Sets one end of the time in which a person is valid, and says what holds then.</summary>
    /// <exception cref="UserErrorException">It could not be set.</exception>
    public static int SetValidity(ParseResult result, string name, ValidityLimit limit, ValidityDate? date)
    {
        TimeZoneInfo zone = OptionsRegistration.Bind<DecisionOptions>(CommonOptions.SettingsOf(result)).ZoneBy(TimeProvider.System);
        using GalleryFile gallery = GalleryFile.OpenToChange(Told(result).GalleryFile, TimeProvider.System);
        gallery.SetValidity(name, limit, date);
        PersonEntry person = gallery.Person(name);
        Console.WriteLine($"{person.Name} is valid {(person.Validity.Length > 0 ? $"{person.Validity} ({zone.Id})" : "without end")}.");
        DateTime now = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), zone).DateTime;
        if (limit == ValidityLimit.Until && date?.IsOver(now) == true)
            Console.Error.WriteLine($"WARNING: that is past, and so {person.Name} is refused from now on.");
        return 0;
    }

    /// <summary>Enrols with the gallery's networks, shows the findings, and says how it ended.</summary>
    /// <param name="result">What was given.</param>
    /// <param name="name">The person.</param>
    /// <param name="source">Where the pictures come from.</param>
    /// <param name="open">Opens the gallery.</param>
    /// <param name="before">The pictures that the person has; refuses before anybody stands before a camera.</param>
    /// <param name="enrol">Enrols pictures by their names.</param>
    /// <param name="encoder">For an empty gallery, in the place of the configured one.</param>
    /// <param name="cancellationToken">Ends it while nothing is written.</param>
    /// <exception cref="UserErrorException">Nothing was written; the message says why.</exception>
    public static async Task<int> EnrolAsync(ParseResult result, string name, PictureSource source, Func<string, GalleryFile> open,
        Func<GalleryFile, IReadOnlyList<EnrolledPicture>> before, Func<Enroller, IReadOnlyList<string>, IProgress<int>?, Enrolled> enrol,
        string? encoder, CancellationToken cancellationToken)
    {
        IConfigurationRoot settings = CommonOptions.SettingsOf(result);
        Places places = Told(result);
        IReadOnlyList<string>? files = source.FilesOf(result);
        using GalleryFile gallery = open(places.GalleryFile);
        IReadOnlyList<EnrolledPicture> existing = before(gallery);
        using FaceReader reader = FaceReaders.Open(places, settings, gallery, encoder);
        MatchingOptions options = OptionsRegistration.Bind<MatchingOptions>(settings);
        options.Distance ??= reader.RawDistance;
        Thresholds thresholds = FaceReaders.ThresholdsOf(reader, options);
        PeopleOptions people = OptionsRegistration.Bind<PeopleOptions>(settings);
        reader.KeepsCrops = people.KeepCrops;
        LivePictures? taken = files is null ? await source.TakeAsync(result, reader, new LiveSelection(existing, thresholds.Verification(1)), cancellationToken) : null;
        Enroller enroller = new(gallery, reader, thresholds, people, taken is null ? null : taken.Read, source.LeastOf(result));
        // What the camera gave is read already.
        Enrolled enrolled = files is null
            ? enrol(enroller, taken!.Names, null)
            : EnrolmentView.WithProgress("reading", files.Count, "pictures", progress => enrol(enroller, files, progress));
        EnrolmentView.Show(name, enrolled, reader);
        if (reader.RawDistance is not null)
            Console.WriteLine($"{reader.EncoderId} has no calibration: this gallery is for looking ('verify', 'identify'), and no real door opens with it.");
        if (people.KeepCrops)
            Console.WriteLine($"The faces are kept for {people.KeepCropsFor.TotalDays:0} days, for a change of the encoder (People:KeepCrops).");
        return 0;
    }

    /// <summary>Asks the gallery about a picture and shows the answer: 0 when the door would open, 1 when not.</summary>
    /// <exception cref="UserErrorException">There is no answer; the message says why.</exception>
    public static int Ask(ParseResult result, Func<FaceQuestion, FaceAnswer> ask, bool showsNearest)
    {
        bool isJson = result.GetValue<bool>("--json");
        IConfigurationRoot settings = CommonOptions.SettingsOf(result);
        Places places = Told(result, isJson);
        MatchingOptions options = OptionsRegistration.Bind<MatchingOptions>(settings);
        options.Distance = result.GetValue<double?>("--distance") ?? options.Distance;
        Checked(options);
        using GalleryFile file = GalleryFile.OpenToRead(places.GalleryFile);
        using FaceReader reader = FaceReaders.Open(places, settings, file, result.GetValue<string?>("--encoder"));
        options.Distance ??= reader.RawDistance;
        AccessHours hours = HoursOf(settings);
        FaceQuestion question = new(file.Read(EncoderIdentity.Of(reader)), PictureReading.With(reader, PictureUse.Compare),
            FaceReaders.ThresholdsOf(reader, options), options, person => hours.RefusalOf(person, TimeProvider.System.GetUtcNow()));
        FaceAnswer answer = ask(question);
        AnswerView.Show(answer, reader, isJson, showsNearest);
        return answer.Opens ? 0 : 1;
    }

    private static void Checked(MatchingOptions options)
    {
        Hardware.Settings.OptionErrors errors = new(MatchingOptions.Section);
        options.Check(errors);
        if (errors.Messages.Count > 0)
            throw new UserErrorException(string.Join(Environment.NewLine, errors.Messages));
    }
}
