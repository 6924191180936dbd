using System.CommandLine;
using DoorAgent.Commands.Key;
using DoorAgent.Commands.Output;
using DoorAgent.Fleet;
using DoorAgent.Galleries;
using DoorAgent.Office;
using DoorAgent.Sealing;
using DoorAgent.Settings;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Fleet;

/// <summary>Joins a door to a fleet: the request, and what is done with the answer.</summary>
internal static class DoorJoining
{
    /// <summary>Makes the door's keys where there are none, and prints the request.</summary>
    /// <exception cref="UserErrorException">The door is in a fleet already, or something cannot be written.</exception>
    public static int Ask(Places places, string name, ParseResult result, string? file, bool isForced)
    {
        if (!FleetIds.IsName(name))
            throw new UserErrorException($"'{name}' is not the name of a door: it has {FleetIds.NameRule}.");
        if (MembershipOf(places) is { } member)
            throw new UserErrorException($"This door is {member.Door} in the group {member.Group} already. 'sudo dooragent fleet leave' leaves that fleet.");
        if (file is not null)
            OutputFile.EnsureNew(file, result, places, isForced);
        FirstKey.Ensure(places);
        using DoorSecrets secrets = GalleryOf(places).Prepare();
        JoinRequest request = new(name, secrets.Public, new DoorNkey(places, new SystemdCreds()).ReadOrMake(), BuildInfo.Version.Split('+')[0],
            EncoderOf(places));
        string text = request.Write(secrets);
        if (file is not null)
            OutputFile.Write(file, text + "\n", "the request", isOutputTaken: false);
        Console.WriteLine($"fingerprint: {request.Fingerprint}   the office shows the same");
        Console.WriteLine();
        Console.WriteLine(text);
        Console.WriteLine();
        if (!Console.IsOutputRedirected)
            Console.WriteLine(TerminalQrCode.Of(text));
        Console.WriteLine($"Next, at the office: 'dooragent fleet accept REQUEST --group GROUP' with this text. Then here: "
            + "'sudo dooragent fleet join --answer FILE'.");
        return 0;
    }

    /// <summary>Takes the office's answer. After an interruption the same answer is taken again.</summary>
    /// <exception cref="UserErrorException">The answer is not for this door, or contradicts what the door knows; nothing was changed.</exception>
    public static int Take(Places places, string given, bool isSure)
    {
        string text = JoinTextInput.Read(given, "an answer");
        using DoorSecrets secrets = SecretsOf(places)
            ?? throw new UserErrorException("This door has not asked to join a fleet: 'sudo dooragent fleet join NAME' prints its request.");
        (JoinAnswer answer, OfficePublicKey office) = Parsed(text, secrets.Public);
        using (office)
        {
            FleetMembership? member = MembershipOf(places);
            if (member is not null)
                RequireSame(member, answer, office);
            DoorNkey nkey = new(places, new SystemdCreds());
            if (!nkey.Exists)
                throw new UserErrorException($"The key of this door's connection is gone. 'sudo dooragent fleet join {answer.Door}' makes another one; the "
                    + "office must accept that request.");
            Console.WriteLine($"door: {answer.Door}, group: {answer.Group}, hub: {answer.Hub}");
            Console.WriteLine($"office's key: {office.Fingerprint}");
            if (member is null && !isSure && !Console.IsInputRedirected && !Console.IsOutputRedirected
                && !Confirmation.Asks("Does the office show the same fingerprint of its key?"))
            {
                Console.WriteLine("The door has joined nothing.");
                return 1;
            }

            DoorLinkFiles link = new(places);
            link.Write(answer, nkey.File);
            if (member is null)
                GalleryOf(places).Join(answer, office);
            Console.WriteLine($"This door is {answer.Door} in the group {answer.Group}. Its key of the connection is in "
                + (nkey.File ?? "the credential dooragent-link.fleet-nkey") + $", its settings are in {link.Settings}.");
            if (link.Restart() is { } byHand)
                Console.WriteLine(byHand);
            Console.WriteLine("Next: 'sudo dooragent link status' shows the connection, and 'sudo dooragent status' how many people have come.");
            return 0;
        }
    }

    /// <summary>Returns the door's place in its fleet; null in none.</summary>
    public static FleetMembership? MembershipOf(Places places)
    {
        using GalleryFile? gallery = GalleryFile.OpenIfAny(places.GalleryFile);
        return gallery?.Query(FleetMembership.Read);
    }

    /// <summary>Returns the fleet's part of the door's gallery.</summary>
    public static FleetGallery GalleryOf(Places places) => new(places.GalleryFile, TimeProvider.System);

    private static DoorSecrets? SecretsOf(Places places)
    {
        using GalleryFile? gallery = GalleryFile.OpenIfAny(places.GalleryFile);
        return gallery?.Query(FleetKeyRow.Read);
    }

    private static FleetEncoder? EncoderOf(Places places)
    {
        using GalleryFile? gallery = GalleryFile.OpenIfAny(places.GalleryFile);
        return gallery is null ? null : GalleryPeople.EncoderOf(gallery);
    }

    private static (JoinAnswer Answer, OfficePublicKey Office) Parsed(string text, DoorPublicKeys door)
    {
        try
        {
            return JoinAnswer.Parse(text, door);
        }
        catch (FleetRecordException wrong)
        {
            throw new UserErrorException($"The answer cannot be used: {wrong.Message}. Nothing was changed.", wrong);
        }
    }

    private static void RequireSame(FleetMembership member, JoinAnswer answer, OfficePublicKey office)
    {
        string? difference = !office.Bytes.SequenceEqual(member.Office) ? "the answer is of another office"
            : member.Group != answer.Group ? $"the answer is for the group {answer.Group}"
            : member.Door != answer.Door ? $"the answer names the door {answer.Door}" : null;
        if (difference is not null)
        {
            throw new UserErrorException($"This door is {member.Door} in the group {member.Group}, and {difference}. Nothing was changed. 'sudo "
                + "dooragent fleet leave' leaves that fleet first.");
        }
    }
}
