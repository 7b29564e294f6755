import { startAnnouncements } from "./announcements";
import { startBoard } from "./board";
import { startChartPage } from "./chartPage";
import { LiveConnection, showConnection } from "./connection";
import { startLocalTimes } from "./localTimes";
import { startPlanForm } from "./planForm";
import { startViolationChart } from "./violationChart";

const connection = new LiveConnection();
showConnection(connection);
startLocalTimes();
startPlanForm();
startViolationChart();
startChartPage(connection);
startBoard(connection);
startAnnouncements(connection);
void connection.start();
