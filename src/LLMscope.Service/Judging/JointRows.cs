using System.Text.Json;
using LLMscope.Spc.Judging;

namespace LLMscope.Service.Judging;

/// <summary>Rows of numbers out of a request, one number for each characteristic, each fault named where it stands.</summary>
internal static class JointRows
{
    /// <param name="columns">How many characteristics there are where that is known; otherwise the first row says it.</param>
    /// <returns>A row each; a missing number, or all of a missing row, is not a number. Null where no row can be read.</returns>
    public static double[,]? Read(JsonPlace place, int? columns)
    {
        var items = place.Items(Observations.MostPoints, "an array of rows, each with a number for each characteristic");
        var wide = columns ?? items.Where(item => item.Element.ValueKind == JsonValueKind.Array).Select(item => (int?)item.Element.GetArrayLength()).FirstOrDefault();
        if (wide is not { } width)
        {
            if (place.Element.ValueKind == JsonValueKind.Array)
                place.Fault("must hold rows, arrays with a number for each characteristic");
            return null;
        }

        if (columns is null && width is < JointFit.FewestVariables or > JointFit.MostVariables)
        {
            place.Fault($"has rows of {width} numbers; {JointFit.FewestVariables} to {JointFit.MostVariables} characteristics can be charted together");
            return null;
        }

        if ((long)items.Count * width > Observations.MostNumbers)
        {
            place.Fault($"has more than {Observations.MostNumbers} numbers");
            return null;
        }

        var rows = new double[items.Count, width];
        foreach (var (index, item) in items.Index())
            Fill(rows, index, item);
        return rows;
    }

    private static void Fill(double[,] rows, int index, JsonPlace item)
    {
        var width = rows.GetLength(1);
        for (var column = 0; column < width; column++)
            rows[index, column] = double.NaN;
        if (item.Element.ValueKind == JsonValueKind.Null)
            return;
        if (item.Element.ValueKind != JsonValueKind.Array)
        {
            item.Fault("must be a row of numbers, or null where all are missing");
            return;
        }

        if (item.Element.GetArrayLength() != width)
        {
            item.Fault($"has {item.Element.GetArrayLength()} numbers where the first row of the baseline has {width}");
            return;
        }

        var numbers = item.Numbers(width, mayMiss: true, _ => true, "a finite number");
        for (var column = 0; column < width; column++)
            rows[index, column] = numbers[column];
    }
}
