using System.CommandLine;
using System.Globalization;
using DoorAgent.Models;
using DoorAgent.Networks;

namespace DoorAgent.Commands.Models;

/// <summary>Creates dooragent models add.</summary>
internal static class ModelsAddCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "The network, an ONNX file with one input." };

    private static readonly Option<string> Like = new("--like")
    {
        Description = "The encoder of the catalogue whose input size and alignment the network has, and, unless the options below change "
            + "them, its pixel values ('models list').",
        HelpName = "ID",
        Required = true,
    };

    private static readonly Option<string?> Name = new("--name")
    {
        Description = "The network's name: its id is own-NAME. Default: the name of the file.",
        HelpName = "NAME",
    };

    private static readonly Option<string?> Table = new("--calibration")
    {
        Description = "A calibration table of this network, as 'calibrate --dataset' writes it.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Channels = new("--channels") { Description = "Order of the channels." };

    private static readonly Option<float?> Scale = new("--scale")
    {
        Description = "Factor by which a byte is multiplied before mean and deviation: value = (byte x scale - mean) / std.",
    };

    private static readonly Option<float[]?> Mean = Numbers("--mean", "Mean of the channels: one number, or three with commas.");

    private static readonly Option<float[]?> Std = Numbers("--std", "Deviation of the channels: one number, or three with commas.");

    internal static Command Create()
    {
        Channels.AcceptOnlyFromAmong("RGB", "BGR");
        Command command = new("add", """
            Adds an encoder of your own, so that galleries and doors of this machine can use it.

            dooragent models add w600k_r50.onnx --like mobilefacenet --scale 1 --mean 127.5 --std 127.5 --name arcface

            The network must tell faces apart (the proof of every encoder), and its answer to a known input is written down and
            proven at every start. It is copied to --models, or else to /var/lib/dooragent/models, as own-NAME.onnx with
            own-NAME.json. No door uses an encoder without a calibration table: 'dooragent calibrate --dataset DIR --encoder
            own-NAME --out table.json' measures one, and 'dooragent models calibration own-NAME table.json' adds it.
            """) { File, Like, Name, Table, Channels, Scale, Mean, Std };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult result)
    {
        ModelStore store = new(CommonOptions.ShowPlaces(result).ModelDirectories);
        NetworkToAdd wanted = new(result.GetRequiredValue(File), result.GetRequiredValue(Like), result.GetValue(Name),
            result.GetValue(Table))
        {
            Channels = result.GetValue(Channels),
            Scale = result.GetValue(Scale),
            Mean = result.GetValue(Mean) is { Length: > 0 } mean ? mean : null,
            Std = result.GetValue(Std) is { Length: > 0 } std ? std : null,
        };
        DateOnly today = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().Date);
        AddedModel added = ModelAddition.Run(wanted, store, store.Directories[0], today);
        CatalogueEntry entry = added.Entry;
        Console.WriteLine(added.WasThere ? $"{entry.Id}: {added.Path} is already there"
            : $"{entry.Id}: proven, an encoding has {entry.Output!.Dimension} numbers -> {added.Path}");
        ShowTables(entry);
        return 0;
    }

    /// <summary>Prints with which detectors and rules a network is calibrated.</summary>
    public static void ShowTables(CatalogueEntry entry)
    {
        foreach (CalibrationEntry table in entry.Calibration)
        {
            Console.WriteLine($"  calibrated with {table.Detector}, rule {table.Rule}, measured on {table.MeasuredOn}. A running door uses "
                + "the table after its next start.");
        }

        if (entry.Calibration.Count == 0)
        {
            Console.WriteLine($"  no calibration, so no door uses it: 'dooragent calibrate --dataset DIR --encoder {entry.Id} --out "
                + $"table.json' measures a table, and 'dooragent models calibration {entry.Id} table.json' adds it.");
        }
    }

    private static Option<float[]?> Numbers(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N | N,N,N",
        CustomParser = result =>
        {
            string[] parts = result.Tokens.Single().Value.Split(',');
            float[] numbers = new float[parts.Length];
            for (int i = 0; i < parts.Length; i++)
            {
                if (parts.Length is 1 or 3 && float.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
                    continue;
                result.AddError($"'{result.Tokens.Single().Value}' is neither a number nor three numbers with commas between them.");
                return null;
            }

            return numbers.Length == 3 ? numbers : [numbers[0], numbers[0], numbers[0]];
        },
    };
}
