using System.CommandLine;
using DoorAgent.Encodings;
using DoorAgent.Evaluation;
using DoorAgent.Faces;
using DoorAgent.Models;
using DoorAgent.Networks;
using DoorAgent.Running;
using DoorAgent.Storage;

namespace DoorAgent.Commands.Calibrating;

/// <summary>Makes a calibration table from a data set.</summary>
internal static class DatasetTableRun
{
    public static int Run(ParseResult result, DatasetTableOptions options, CancellationToken stopping)
    {
        string folder = result.GetRequiredValue(options.Dataset)!;
        ComparisonRule rule = ComparisonRule.Parse(result.GetRequiredValue(options.Rule))!;
        return 0;
    }
}
