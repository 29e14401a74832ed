export interface Task {
  id: string;
  due: number;
}
